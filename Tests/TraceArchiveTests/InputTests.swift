import ServingTestSupport
import Testing

@testable import TraceArchive
@testable import TextAndBytes

private let header = "TIMESTAMP,ContextTokens,GeneratedTokens\n"
private let row = "2023-11-16 18:15:46.6805900,374,44\n"

/// An Azure header and two rows, as gzip.
private let compressed: [UInt8] = [
  31, 139, 8, 0, 0, 0, 0, 0, 2, 3, 11, 241, 244, 117, 13, 14, 113, 244, 13, 208, 113, 206, 207,
  43, 73, 173, 40, 9, 201, 207, 78, 205, 43, 214, 113, 79, 205, 75, 45, 74, 44, 73, 77, 129,
  240, 185, 140, 12, 140, 140, 117, 13, 13, 117, 13, 205, 20, 12, 45, 172, 12, 77, 173, 76, 204,
  244, 204, 44, 12, 76, 45, 13, 12, 116, 140, 205, 77, 116, 76, 76, 48, 149, 152, 26, 232, 89,
  90, 154, 26, 154, 89, 2, 149, 88, 154, 233, 24, 26, 88, 114, 1, 0, 183, 14, 215, 169, 111, 0,
  0, 0,
]

@Test func `gzip is recognised by its content, not by its name`() throws {
  let trace = try readTrace(compressed, name: "trace.csv")
  #expect(trace.inputTokens == [374, 396])
  #expect(trace.arrivals == [0, 4_314_579_000])
}

@Test func `two gzip members one after the other are one file`() throws {
  // The second member's header is the fourth line and no row; its rows come before the first's.
  let found = try complaints(files: ["t.csv.gz": compressed + compressed], path: "/t.csv.gz")
  #expect(found.count == 4 && found[0].hasPrefix("t.csv.gz:4: TIMESTAMP"), "\(found)")
  #expect(found.last?.hasPrefix("t.csv.gz:5: arrives 4.314579 s before a row above it") == true)
}

@Test func `a truncated gzip file is said to be one`() throws {
  for length in [12, compressed.count / 2, compressed.count - 1] {
    let found = try complaints(
      files: ["t.csv.gz": Array(compressed.prefix(length))], path: "/t.csv.gz")
    #expect(found.count == 1 && found[0].contains("the gzip data ends early"), "\(found)")
  }
}

@Test func `a damaged gzip file is said to be one`() throws {
  var bytes = compressed
  bytes[bytes.count - 6] ^= 0x55
  let found = try complaints(files: ["t.csv.gz": bytes], path: "/t.csv.gz")
  #expect(found.count == 1 && found[0].contains("the gzip data is damaged"), "\(found)")
}

@Test func `lines longer than the buffer and lines across its end are read whole`() throws {
  let lines = (0..<50).map { String(repeating: "x", count: $0 * 7) }
  let text = lines.joined(separator: "\r\n")
  try withFiles(["lines": Array(text.utf8)]) { directory in
    var reader = try LineReader.open(
      ByteSource.open(path: directory + "/lines"), bufferSize: 16)
    var found: [String] = []
    while try reader.advance() {
      found.append(String(decoding: reader.buffer[reader.line], as: UTF8.self))
    }
    #expect(found == lines)
    #expect(reader.number == 50)
  }
}

@Test func `a missing file, an empty one and a directory are told apart`() throws {
  #expect(
    try complaints(files: [:], path: "/no.csv") == [
      "no.csv: cannot be opened: No such file or directory"
    ])
  #expect(try complaints("") == ["t.csv: the file is empty"])
  #expect(try complaints("\n\n") == ["t.csv: the file has only blank lines"])
  let options = TraceReadOptions(format: .azure)
  let found = try complaints(files: [:], path: "/.", options: options)
  #expect(found == [".: is a directory; a file is needed"])
}

@Test func `a Git LFS pointer and a part of a Parquet file are named`() throws {
  let pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:ab\nsize 12\n"
  #expect(
    try complaints(pointer) == [
      "t.csv:1: is a Git LFS pointer, not the data; run `git lfs pull` where it came from"
    ])
  #expect(
    try complaints("PAR1\u{15}") == [
      "t.csv: ends early: PAR1 is missing at its end; is it a part of a download?"
    ])
}

@Test func `quotes, CRLF, a byte order mark, blank lines and spaces are no part of values`() throws
{
  let text = """
    \u{FEFF}"TIMESTAMP","Con""x","ContextTokens",GeneratedTokens\r
    "2023-11-16 18:15:46","a ""quoted"", line
    break",7, 8 \r
    \r
    2023-11-16 18:15:47,,"9",1
    """
  let trace = try readTrace(text)
  #expect(trace.inputTokens == [7, 9])
  #expect(trace.outputTokens == [8, 1])
  #expect(trace.arrivals == [0, 1_000_000_000])
  #expect(trace.rowsRead == 2)
}

@Test func `a problem is reported with the line its record begins on`() throws {
  let text = "x," + header + "\"two\nlines\"," + row + "," + row.dropLast(4) + ",-3\n"
  #expect(
    try complaints(text) == [
      #"t.csv:4: GeneratedTokens: found "-3"; token counts are whole numbers from 1"#
    ])
}

@Test func `rows with too few or too many fields are reported, and that a file may be cut off`()
  throws
{
  let text = header + row + "2023-11-16 18:15:47,1\n2023-11-16 18:15:47,1,2,3\n2023-11-16"
  #expect(
    try complaints(text) == [
      "t.csv:3: found 2 fields, the header names 3",
      "t.csv:4: found 4 or more fields, the header names 3",
      "t.csv:5: found 1 fields, the header names 3 (the file may have been cut off here)",
    ])
}

@Test func `a quote that is never closed and text behind a quote are reported`() throws {
  let open = try complaints(header + row + "\"2023-11-16 18:15:47,1,2\n" + row)
  #expect(
    open == ["t.csv:3: a quote is opened and never closed"])
  let behind = try complaints(header + "\"2023-11-16 18:15:47\"x,1,2\n" + row)
  #expect(
    behind == [
      "t.csv:2: text follows a closing quote; a quote within quotes is written twice"
    ])
}

@Test func `a broken JSON line is reported with its column, and the others are still read`() throws
{
  let good = #"{"timestamp": 0, "input_length": 5, "output_length": 2}"#
  let text = good + "\n{\"timestamp\": 0,,}\n" + good + "\n" + good.dropLast(9)
  #expect(
    try complaints(text, name: "t.jsonl") == [
      #"t.jsonl:2: no JSON object: column 17: expected '"'"#,
      "t.jsonl:4: no JSON object: column 47: expected a closing '\"' (the file may have been cut off here)",
    ])
}

@Test func `one problem of each kind is kept and the others counted`() throws {
  let text = header + String(repeating: "2023-11-16 18:15:46,-1,x\n", count: 30)
  try withFiles(["t.csv": Array(text.utf8)]) { directory in
    let error = #expect(throws: FileProblems.self) {
      try RequestTrace.read(path: directory + "/t.csv")
    }
    #expect(error?.problems.count == 2)
    #expect(error?.count == 60)
    #expect(error?.description.hasSuffix("(and 29 more like this: lines 3, 4, 5 ...)") == true)
  }
}
