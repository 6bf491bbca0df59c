// Sorts a table by the column whose heading is clicked; what has no value stays last.
document.querySelectorAll('th button').forEach(button => button.addEventListener('click', () => {
  const head = button.parentElement, body = head.closest('table').tBodies[0];
  const column = [...head.parentElement.children].indexOf(head);
  const down = head.getAttribute('aria-sort') === 'ascending';
  for (const other of head.parentElement.children) other.removeAttribute('aria-sort');
  head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
  const key = row => {
    const cell = row.cells[column], value = cell.dataset.v;
    return value === undefined ? cell.textContent : value === 'inf' ? Infinity : +value;
  };
  const compare = (a, b) => {
    if (a === '–' || b === '–') return (a === '–') - (b === '–');
    const less = typeof a === 'number' && typeof b === 'number' ? a - b || 0
      : String(a).localeCompare(String(b));
    return down ? -less : less;
  };
  [...body.rows].sort((a, b) => compare(key(a), key(b))).forEach(row => body.append(row));
}));
