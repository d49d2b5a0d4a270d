const words = { connecting: "Connecting…", open: "Live", waiting: "Connecting again…", closed: "Closed" };

/** Shows a connection's state in the page's corner, with the reason if there is one. */
export function showState({ state, reason }) {
  const pill = document.getElementById("state");
  pill.textContent = words[state];
  pill.title = reason;
  pill.dataset.state = state;
}
