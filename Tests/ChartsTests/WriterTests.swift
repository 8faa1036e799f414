import Testing

@testable import Charts

struct WriterTests {
  private var drawing: Drawing {
    var drawing = Drawing(width: 72, height: 36, title: "A & B", summary: "x < \"y\"")
    drawing.marks = [
      .fill(
        Path(Box(left: 1, top: 2, right: 3.456, bottom: 4)), .series(0), hint: "3 requests"),
      .stroke(
        Path(through: [Point(0, 0), Point(10, 5)]), .muted, Pen(width: 0.5, dashes: [1, 2])),
      .text(Label("I", at: Point(5, 10), size: 10, anchor: .start, paint: .ink)),
    ]
    return drawing
  }

  @Test func `a file for papers has its size, its colours and its letters in it`() {
    #expect(
      SVGWriter.file(drawing) == """
        <svg xmlns="http://www.w3.org/2000/svg" width="2.54cm" height="1.27cm" viewBox="0 0 72 36" role="img">
        <title>A &amp; B</title>
        <desc>x &lt; &quot;y&quot;</desc>
        <path fill="#ffffff" d="M0 0L72 0L72 36L0 36Z"/>
        <path fill="#0072b2" d="M1 2L3.46 2L3.46 4L1 4Z"><title>3 requests</title></path>
        <path fill="none" stroke="#57606a" stroke-width="0.5" stroke-linejoin="round" stroke-linecap="butt" stroke-dasharray="1 2" d="M0 0L10 5"/>
        <path fill="none" stroke="#1b1f24" stroke-width="0.78" stroke-linejoin="round" stroke-linecap="round" d="M6.4 10L6.4 3"/>
        </svg>

        """)
  }

  @Test func `an element of a page takes the page's colours and letters`() {
    let element = SVGWriter.element(drawing, id: "f")
    #expect(element.contains("aria-labelledby=\"f-t f-d\""))
    #expect(element.contains("<text class=\"f-ink\" x=\"5\" y=\"10\" font-size=\"10\">I</text>"))
    #expect(element.contains("class=\"f-s0\"") && !element.contains("#"))
  }

  @Test func `a PDF says where its objects are and names no font`() throws {
    let pdf = PDFWriter.file(drawing)
    let bytes = Array(pdf.utf8)
    let table = pdf.split(separator: "xref\n")[1].split(separator: "\n")
    #expect(table[0] == "0 6")
    for number in 1...5 {
      let place = try #require(Int(table[number + 1].prefix(10)))
      #expect(bytes[place...].starts(with: Array("\(number) 0 obj".utf8)))
    }
    let start = try #require(pdf.split(separator: "startxref\n").last?.split(separator: "\n").first)
    #expect(Int(start).map { bytes[$0...].starts(with: Array("xref".utf8)) } == true)
    #expect(!pdf.contains("Font") && pdf.contains("0 0.447 0.698 rg"))
    // y grows upwards.
    #expect(pdf.contains("0 36 m\n10 31 l"))
  }

  @Test func `no control character gets into a file`() {
    #expect(SVGWriter.escaped("a\u{0}b\u{1B}[31m\nc") == "a\u{FFFD}b\u{FFFD}[31m c")
  }

  @Test func `numbers are short`() {
    #expect(
      [0, 1.5, -0.004, 2.999, -12.345].map { SVGWriter.number($0) }
        == ["0", "1.5", "0", "3", "-12.35"])
  }
}
