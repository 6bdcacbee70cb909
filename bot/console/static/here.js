// A page that stays open and is used says so once an hour, so that its colleague stays signed in.
(() => {
  const HOUR = 3600000;
  let said = Date.now();
  const here = () => {
    const now = Date.now();
    if (now - said < HOUR) return;
    said = now;
    fetch("/console/here").catch(() => { said = now - HOUR; });
  };
  for (const deed of ["pointerdown", "keydown"]) addEventListener(deed, here, { capture: true, passive: true });
})();
