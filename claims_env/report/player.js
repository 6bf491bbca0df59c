// Plays clips on a canvas: reference left, tracked right over a ghost of the reference.
(() => {
  // the painter's body: [colour, [[landmark, landmark, radius in metres], ...]]; 24 up: see flesh()
  const PARTS = JSON.parse(document.currentScript.dataset.figure);
  const add = (a, b, k) => a.map((v, i) => v + k * b[i]), sub = (a, b) => add(a, b, -1);
  const dot = (a, b) => a.reduce((s, v, i) => s + v * b[i], 0);
  const unit = a => a.map(v => v / (Math.hypot(...a) || 1));
  const cross = ([a, b, c], [d, e, f]) => [b * f - c * e, c * d - a * f, a * e - b * d];
  function flesh(p) {
    const neck = unit(sub(p[15], p[12])), side = unit(cross(sub(p[13], p[14]), neck));
    const at = (u, a) => add(add(p[15], neck, .785 * u + .62 * a), side, .785 * a - .62 * u);
    const feet = [0, 1].map(s => {
      const along = unit(sub(p[10 + s], p[7 + s])), shin = unit(sub(p[7 + s], p[4 + s]));
      return add(add(p[7 + s], shin, .07), along, -.035 - .07 * dot(shin, along));
    });
    const tip = (a, b) => add(a, unit(sub(a, b)), .06);
    return [...p, at(.035, .005), at(.09, .005), at(.065, .08), at(.055, .12), at(.1, 0), at(.065, -.02),
      ...feet, tip(p[10], feet[0]), tip(p[11], feet[1]), tip(p[22], p[20]), tip(p[23], p[21])];
  }
  // base64 of int16, 2000 to the metre, to a function from stored frame number to landmarks
  function unpack(text) {
    const all = new Int16Array(Uint8Array.from(atob(text), c => c.charCodeAt(0)).buffer);
    const last = all.length / 72 - 1;
    const pose = t => {
      const f = Math.floor(t), g = Math.min(f + 1, last), at = i => add([...all.slice(i, i + 3)], [0, 0, 0], 0);
      return flesh(Array.from({length: 24}, (_, j) => {
        const a = at(f * 72 + j * 3), b = at(g * 72 + j * 3);
        return add(a, sub(b, a), t - f).map(v => v / 2000);
      }));
    };
    return {pose, last};
  }
  function draw(c, x0, w, h, {az, el}, pose, ghost, [cx, cy]) {
    const F = [Math.cos(el) * Math.cos(az), Math.cos(el) * Math.sin(az), Math.sin(el)], centre = [cx, cy, .85];
    const R = [Math.sin(az), -Math.cos(az), 0], U = cross(R, F), focal = h * 1.87, away = 5;
    const P = q => {
      const d = sub(q, centre), z = dot(d, F) + away;
      return [x0 + w / 2 + focal * dot(d, R) / z, h / 2 - focal * dot(d, U) / z, z];
    };
    // width in metres, or in pixels where negative
    const line = (a, b, width, colour) => {
      const [x, y, z] = P(a), [u, v, k] = P(b);
      if (z < .3 || k < .3) return;
      c.strokeStyle = colour; c.lineWidth = width > 0 ? width * 2 * focal / (z + k) : -width;
      c.beginPath(); c.moveTo(x, y); c.lineTo(u + .01, v); c.stroke();
    };
    const bones = (p, part, more, colour) => part[1].forEach(([a, b, r]) => line(p[a], p[b], 2 * r + more, colour));
    c.save(); c.beginPath(); c.rect(x0, 0, w, h); c.clip(); c.lineCap = 'round';
    const gx = Math.round(cx), gy = Math.round(cy);
    for (let k = -6; k <= 6; k++) for (let i = -6; i < 6; i++) {
      line([gx + k, gy + i, 0], [gx + k, gy + i + 1, 0], -1, '#c4cdd6');
      line([gx + i, gy + k, 0], [gx + i + 1, gy + k, 0], -1, '#c4cdd6');
    }
    const flat = pose.map(([x, y]) => [x, y, 0]);
    PARTS.forEach(part => bones(flat, part, 0, '#a3aeb9'));
    if (ghost) PARTS.forEach(part => bones(ghost, part, -.02, '#c3ccd8'));
    const depth = ([, b]) => b.reduce((s, [m, n]) => s + dot(pose[m], F) + dot(pose[n], F), 0) / b.length;
    [...PARTS].sort((m, n) => depth(n) - depth(m)).forEach(part => {
      bones(pose, part, 14 / focal, '#2b3442'); bones(pose, part, 0, `rgb(${part[0]})`);
    });
    c.restore();
  }
  function build(box) {
    const d = box.dataset, asked = unpack(d.reference), done = d.tracked && unpack(d.tracked);
    const [, l, r] = asked.pose(0), view = {az: Math.atan2(l[0] - r[0], r[1] - l[1]) + .6, el: -.22};
    const make = (tag, more) => box.appendChild(Object.assign(document.createElement(tag), more));
    const canvas = make('canvas'), button = make('button', {textContent: '▶', title: 'play or pause'});
    const bar = make('input', {type: 'range', min: 0, max: asked.last, step: 'any', value: 0, title: 'frame'});
    const note = make('output'), c = canvas.getContext('2d');
    let t = 0, then = 0, playing = false, held = null;
    function show() {
      const px = window.devicePixelRatio || 1, w = canvas.width = canvas.clientWidth * px;
      const h = canvas.height = canvas.clientHeight * px, half = done ? w / 2 : w;
      const a = asked.pose(t), b = done && done.pose(t), frame = Math.round(t * d.step + +d.start);
      const title = (text, x, colour) => { c.fillStyle = colour; c.fillText(text, x + 8 * px, 16 * px); };
      c.font = 12 * px + 'px sans-serif';
      draw(c, 0, half, h, view, a, null, a[0]);
      title('reference', 0, '#46505c');
      note.textContent = 'frame ' + frame;
      if (!b) return;
      draw(c, half, half, h, view, b, a, a[0]);
      const lost = frame >= +(d.failed || Infinity);
      title(lost ? 'tracked: lost' : 'tracked', half, lost ? '#c0261c' : '#46505c');
      const apart = a.slice(0, 24).reduce((s, q, j) => s + Math.hypot(...sub(q, b[j])), 0) / .024;
      note.textContent += `, ${apart.toFixed()} mm apart`;
    }
    function tick(now) {
      if (!playing) return;
      t += (now - then) / 1000 * d.fps; then = now;
      if (t > asked.last) t = 0;
      bar.value = t; show(); requestAnimationFrame(tick);
    }
    button.onclick = () => {
      playing = !playing; button.textContent = playing ? '❚❚' : '▶'; then = performance.now();
      requestAnimationFrame(tick);
    };
    bar.oninput = () => { t = +bar.value; show(); };
    canvas.onpointerdown = e => { held = e; canvas.setPointerCapture(e.pointerId); };
    canvas.onpointerup = canvas.onpointercancel = () => { held = null; };
    canvas.onpointermove = e => {
      if (!held) return;
      view.az -= (e.clientX - held.clientX) / 120;
      view.el = Math.max(-1.4, Math.min(.1, view.el - (e.clientY - held.clientY) / 200));
      held = e; show();
    };
    new ResizeObserver(show).observe(canvas);
  }
  // a hundred canvases at once would be slow: each is built when it comes into sight
  const eye = new IntersectionObserver(seen => seen.filter(s => s.isIntersecting).forEach(s => {
    eye.unobserve(s.target); build(s.target);
  }));
  document.querySelectorAll('.player').forEach(box => eye.observe(box));
})();
