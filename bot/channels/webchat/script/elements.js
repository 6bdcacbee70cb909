// Elements: every child that is not an element becomes a text node.
const el = (tag, attrs = {}, ...children) => {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attrs)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(name, value);
  }
  made.append(...children.filter((child) => child !== null && child !== "" && child !== false && child !== undefined));
  return made;
};
const icon = (d) => {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg"), path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  for (const [name, value] of Object.entries({ viewBox: "0 0 24 24", "aria-hidden": "true", class: "icon" })) svg.setAttribute(name, value);
  path.setAttribute("d", d);
  svg.append(path);
  return svg;
};
const ICONS = {
  chat: "M12 3C6.9 3 3 6.5 3 10.9c0 2.4 1.2 4.5 3.1 6L5.4 21l4-2.1c.8.2 1.7.3 2.6.3 5.1 0 9-3.6 9-8.1S17.1 3 12 3Z",
  close: "M6 6l12 12M18 6L6 18", send: "M4 12l16-8-5 17-3.5-7L4 12Z", attach: "M20 11.5l-8 8a5 5 0 0 1-7-7l8.5-8.500a3.400 3.400 0 0 1 4.800 4.800L10 17a1.700 1.700 0 0 1-2.400-2.400l7.400-7.400",
  phone: "M8 3h8a1.500 1.500 0 0 1 1.500 1.500v15A1.500 1.500 0 0 1 16 21H8a1.500 1.500 0 0 1-1.500-1.500v-15A1.500 1.500 0 0 1 8 3Zm2.500 15h3", back: "M15 5l-7 7 7 7", file: "M7 3h7l4 4v14H7V3Zm7 0v4h4",
};
