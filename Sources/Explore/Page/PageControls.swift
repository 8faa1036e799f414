/// Controls of pages, which are only there where a script runs them.
enum PageControls {
  static let style = """
    .controls{display:flex;flex-wrap:wrap;gap:.5rem 1.2rem;margin:.6rem 0}
    .controls[hidden],.controls label[hidden]{display:none}
    .controls select,.controls input,.controls button{font:inherit;color:var(--ink);
    background:var(--panel);border:1px solid var(--muted);border-radius:.3rem;padding:.2rem .4rem}
    .controls input{width:7rem}
    .controls :focus-visible{outline:3px solid var(--link);outline-offset:2px}
    @media print{.controls{display:none}}

    """

  /// Numbers as `Figures.significant` and `FigureUnit.digits` do.
  static let numbers = #"""
    function fixed(x, decimals) {
      const scaled = Math.round(Math.abs(x) * 10 ** decimals);
      const text = (scaled / 10 ** decimals).toFixed(decimals);
      return x < 0 && scaled > 0 ? "-" + text : text;
    }
    function significant(x, digits) {
      if (x === 0) return "0";
      let decimals = digits;
      for (let bound = 1; decimals > 0 && Math.abs(x) >= bound; bound *= 10) decimals -= 1;
      return fixed(x, decimals);
    }
    function digits(x) {
      const size = Math.abs(x);
      if (size === 0 || size >= 0.1) return significant(x, 4);
      let decimals = 4;
      for (let bound = 0.1; size < bound / 10 && decimals < 12; bound /= 10) decimals += 1;
      return fixed(x, decimals);
    }
    function make(name, text, attributes) {
      const element = document.createElement(name);
      if (text !== undefined) element.textContent = text;
      for (const key in attributes || {}) element.setAttribute(key, attributes[key]);
      return element;
    }

    """#
}
