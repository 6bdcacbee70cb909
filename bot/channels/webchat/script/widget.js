// The chat on a page of the company's: <script src="https://HOST/webchat/widget.js" async></script>; with `data-page` it
// is the whole page, our own, where a cookie says who the guest is and `data-guest` whether they are still the same.
// It lives in a shadow tree and speaks to HOST alone; whatever anybody wrote becomes a text node, never markup.
// Words are kept in the browser until the server has stored them and are sent under the same id until then.
// The server puts the parts here, in the order that widget.py says: they share their names, and the page sees none of them.
(() => {
  if (!document.currentScript || window.Rapport) return;
  /*PARTS*/
})();
