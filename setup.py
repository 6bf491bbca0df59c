"""Map the top-level rooms into the package: trackers/ imports as claims_env.trackers."""

from setuptools import find_packages, setup

ROOMS = ("trackers", "agents", "library")

if __name__ == "__main__":  # a checkout can import this file as claims_env.setup; stay quiet then
    rooms = find_packages(include=[*ROOMS, *(f"{room}.*" for room in ROOMS)])
    setup(
        packages=[
            *find_packages(include=["claims_env*"]),
            *(f"claims_env.{name}" for name in rooms),
        ],
        package_dir={f"claims_env.{room}": room for room in ROOMS},
        package_data={
            "claims_env": ["py.typed", "*.yaml"],
            "claims_env.library": ["*.yaml", "evidence/*.yaml"],
            "claims_env.trackers.mujoco": ["checkpoints/*"],
            "claims_env.trackers.simulated": ["*.yaml"],
            "claims_env.report": ["*.js", "*.css"],
            "claims_env.chats": ["*.yaml"],
            "claims_env.judges": ["prompts/*.md"],
            "claims_env.agents": ["learned/*.json", "llm/prompts/*.md"],
        },
    )
