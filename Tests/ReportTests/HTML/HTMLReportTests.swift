import Foundation
import FoundationXML
import ServingSim
import SimKernel
import Testing

@testable import Report

@Suite(.timeLimit(.minutes(30))) struct HTMLReportTests {
  static func page(_ count: Int = 1) -> String {
    let plan = [
      PlanLine(path: "fleet.0.replicas", value: "1", origin: "default"),
      PlanLine(path: "name", value: "a <b>", origin: "scenario.yaml:1"),
    ]
    return HTMLReport.render(
      (0..<count).map { number in
        var lines = plan
        lines[0].value = "\(number + 1)"
        return RunDigest(RunDigestTests.small(), label: "run \(number)", plan: lines)
      })
  }

  @Test(arguments: [1, 2, 6]) func `the page is well-formed`(count: Int) throws {
    let outline = try PageOutline(Self.page(count))
    #expect(outline.ids.count == Set(outline.ids).count)
    for link in outline.links { #expect(outline.ids.contains(link), "\(link)") }
    #expect(outline.headings.first == 1)
    // No level is left out.
    for (a, b) in zip(outline.headings, outline.headings.dropFirst()) { #expect(b <= a + 1) }
    #expect(outline.count(of: "figure") == outline.count(of: "svg"))
    #expect(outline.count(of: "svg") >= 12)
    #expect(outline.count(of: "table") == outline.count(of: "caption"))
  }

  @Test func `random runs of any name make a well-formed page`() throws {
    var runs = RandomRuns(seed: 21)
    for _ in 0..<15 {
      let random = runs.next()
      let digest = RunDigest(FinishedRun(plan: random.plan, recording: random.recording))
      _ = try PageOutline(HTMLReport.render([digest, digest]))
    }
  }

  @Test func `the page needs nothing from elsewhere and runs nothing`() {
    let page = Self.page(2)
    for word in ["http:", "https:", "<script", "@import", "url(", "<link", "<img"] {
      #expect(!page.contains(word), "\(word)")
    }
  }

  @Test func `the answer comes first, in the words of the text report`() throws {
    let run = RunDigestTests.small()
    let page = Self.page()
    let main = try #require(page.range(of: "<main"))
    let sentence = Verdict.sentences(on: Metrics(run)).dropFirst().joined(separator: " ")
    let place = try #require(page.range(of: sentence))
    #expect(page.distance(from: main.upperBound, to: place.lowerBound) < 200)
  }

  @Test func `figures are those of the metrics`() throws {
    let metrics = Metrics(RunDigestTests.small())
    let page = Self.page()
    let ttft = try #require(metrics.latency.timeToFirstToken)
    for figure in [ttft.mean, ttft.p50, ttft.p99, ttft.max] {
      #expect(page.contains("<td>\(TimeUnit.text(figure))</td>"))
    }
    let goodput = try #require(metrics.throughput.goodputRequestsPerSecond)
    #expect(
      page.contains(
        Figures.significant(goodput, digits: 4) + " <span class=\"unit\">requests/s</span>"))
    #expect(page.contains(metrics.outcomeHashText))
  }

  @Test func `several runs are told apart in the answer, with their figures in one table`() throws {
    let page = Self.page(3)
    #expect(!page.contains("class=\"tiles\""))
    let sentence = Verdict.sentences(on: Metrics(RunDigestTests.small())).dropFirst()
      .joined(separator: " ")
    #expect(page.components(separatedBy: sentence).count == 4)
    let answer = try #require(page.range(of: "id=\"answer\""))
    let differences = try #require(page.range(of: "id=\"differences\""))
    #expect(page.distance(from: answer.lowerBound, to: differences.lowerBound) < 4000)
  }

  @Test func `runs side by side show where their plans differ`() {
    let page = Self.page(2)
    #expect(page.contains("Where the plans differ"))
    #expect(page.contains("<th scope=\"row\">fleet.0.replicas</th>\n<td>1</td>\n<td>2</td>"))
    #expect(!Self.page().contains("Where the plans differ"))
  }

  @Test func `without a bill nothing is said of cost`() {
    #expect(!Self.page().lowercased().contains("cost"))
  }

  @Test func `the same runs give the same bytes`() { #expect(Self.page(3) == Self.page(3)) }
}

/// What a page consists of; throws when it is not well-formed.
final class PageOutline: NSObject, XMLParserDelegate {
  private(set) var ids: [String] = []
  private(set) var links: [String] = []
  private(set) var headings: [Int] = []
  private var elements: [String: Int] = [:]

  struct Malformed: Error { var line: Int }

  init(_ page: String) throws {
    super.init()
    let body = page.replacingOccurrences(of: "<!DOCTYPE html>\n", with: "")
    let parser = XMLParser(data: Data(body.utf8))
    parser.delegate = self
    guard parser.parse() else { throw Malformed(line: parser.lineNumber) }
  }

  func count(of element: String) -> Int { elements[element] ?? 0 }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String]
  ) {
    elements[name, default: 0] += 1
    if let id = attributes["id"] { ids.append(id) }
    if let link = attributes["href"], link.hasPrefix("#") { links.append(String(link.dropFirst())) }
    if name.count == 2, name.first == "h", let level = name.last?.wholeNumberValue {
      headings.append(level)
    }
  }
}
