import Charts

/// The style sheet of reports.
enum PageStyle {
  static let css =
    ":root{\(SVGWriter.variables(.light))--good:#1a6b33;--bad:#b3261e;--open:#7a4d00;--panel:#f6f8fa;"
    + "--link:#0055a5}\n"
    + "@media screen and (prefers-color-scheme:dark){:root{\(SVGWriter.variables(.dark))"
    + "--good:#5fd38a;--bad:#ff8f87;--open:#f0b429;--panel:#1d242d;--link:#79b8ff}}\n"
    + layout + tables + figures + print + SVGWriter.styleSheet

  private static let layout = """
    *{box-sizing:border-box}
    body{margin:0 auto;max-width:88rem;padding:1rem 1.25rem 3rem;background:var(--surface);
    color:var(--ink);font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Helvetica,Arial,sans-serif}
    h1{font-size:1.7rem;line-height:1.25;margin:.3rem 0;overflow-wrap:anywhere}
    h2{font-size:1.3rem;margin:2.4rem 0 .8rem;padding-bottom:.25rem;border-bottom:1px solid var(--grid)}
    h3{font-size:1rem;margin:0 0 .2rem}
    p{margin:.4rem 0;max-width:70ch}
    a{color:var(--link)}
    a:focus-visible,summary:focus-visible,.scroll:focus-visible{outline:3px solid var(--link);
    outline-offset:2px}
    .skip{position:absolute;left:-99rem}
    .skip:focus{left:1rem;top:.5rem;background:var(--surface);padding:.5rem}
    header p,footer p{color:var(--muted)}
    nav ul{display:flex;flex-wrap:wrap;gap:.2rem 1.1rem;list-style:none;padding:0;margin:.8rem 0}
    nav a{display:inline-block;padding:.25rem 0}
    .remarks{margin:.4rem 0;padding-left:1.2rem;max-width:70ch}
    .lead{font-size:1.15rem}
    .good{color:var(--good)}.bad{color:var(--bad)}.open{color:var(--open)}
    .verdict{display:inline-block;border:2px solid currentColor;border-radius:.4rem;
    padding:0 .5rem;margin-right:.3rem}
    main>section:first-child h2{margin-top:.8rem}
    @media (max-width:48rem){body{padding:.5rem .8rem 2rem}h1{font-size:1.3rem}
    header p{font-size:.85rem;margin:0}nav ul{flex-wrap:nowrap;overflow-x:auto;margin:.2rem 0}
    nav li{white-space:nowrap}h2{font-size:1.15rem;margin:1.6rem 0 .5rem}.lead{font-size:1rem}}


    """

  private static let tables = """
    .tiles{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,13rem),1fr));gap:.8rem;
    margin:1rem 0}
    .runs{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,18rem),1fr));gap:1rem 2rem}
    .tile{background:var(--panel);border-radius:.5rem;padding:.7rem .9rem;display:flex;
    flex-direction:column}
    .tile dt{color:var(--muted);font-size:.9rem}
    .tile dd{margin:0}
    .tile .figure{font-size:1.45rem;font-weight:600;line-height:1.3}
    .tile .unit{font-size:1rem}
    .tile .note{color:var(--muted);font-size:.875rem}
    @media (max-width:48rem){.tiles{grid-template-columns:repeat(auto-fill,minmax(9.5rem,1fr));
    gap:.4rem;margin:.6rem 0}.tile{padding:.35rem .6rem}.tile dt,.tile .note{font-size:.78rem;
    line-height:1.3}.tile .figure{font-size:1.1rem}.tile .unit{font-size:.85rem}}
    .tables{display:flex;flex-wrap:wrap;align-items:flex-start;gap:0 3rem}
    .scroll{overflow-x:auto;max-width:100%;margin:.8rem 0}
    details .scroll{max-height:22rem;overflow-y:auto}
    table{border-collapse:collapse;font-variant-numeric:tabular-nums;font-size:.92rem}
    caption{text-align:left;color:var(--muted);padding:.2rem 0;font-size:.9rem}
    th,td{padding:.3rem .8rem .3rem 0;text-align:right;border-bottom:1px solid var(--grid);
    vertical-align:top;white-space:nowrap}
    th:first-child{text-align:left}
    th[scope=row]{font-weight:500}
    thead th{color:var(--muted);font-weight:600}
    .words td,.words th{text-align:left;white-space:normal;overflow-wrap:anywhere;min-width:8rem}
    .change{display:block;font-size:.86rem}

    """

  private static let figures = """
    .figures{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,25rem),1fr));
    gap:1.4rem 1.6rem;align-items:start}
    figure{margin:0;min-width:0}
    figcaption{margin-bottom:.4rem}
    figcaption p{color:var(--muted);font-size:.9rem;margin:0}
    svg{display:block;width:100%;height:auto;max-width:38rem}
    details{margin:.4rem 0}
    summary{cursor:pointer;color:var(--link);font-size:.9rem;padding:.2rem 0}

    """

  private static let print = """
    @media print{body{max-width:none;padding:0;font-size:10pt}nav,.skip,details:not([open]){display:none}
    figure,.tile,tr,section>.scroll,.tables>.scroll{break-inside:avoid}h2{break-after:avoid}
    .figures{grid-template-columns:1fr 1fr}.scroll{overflow:visible}
    details .scroll{max-height:none}a{color:inherit;text-decoration:none}}

    """
}
