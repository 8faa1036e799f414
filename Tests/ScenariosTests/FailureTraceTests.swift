import ServingSim
import ServingTestSupport
import SimKernel
import Testing

@testable import Scenarios

/// `failures: [{trace: FILE}]`.
@Suite(.timeLimit(.minutes(30))) struct FailureTraceTests {
  private static func scenario(_ path: String, more: String = "") -> String {
    small(fleet: "replicas: 3\nzone: a") + "failures: [{trace: \(path)\(more)}]\n"
  }

  private func planned(_ rows: String) throws -> [FailureRule] {
    try withFiles(["f.csv": Array(rows.utf8)]) { folder in
      try plan(Self.scenario(folder + "/f.csv")).failures
    }
  }

  /// What is wrong with a trace of these rows, without the folder of the file.
  private func problems(_ rows: String, more: String = "") throws -> [String] {
    try withFiles(["f.csv": Array(rows.utf8)]) { folder in
      ScenariosTests.problems(Self.scenario(folder + "/f.csv", more: more)).map {
        $0.replacing(folder + "/", with: "")
      }
    }
  }

  @Test func `each row is a failure`() throws {
    let rules = try planned(
      """
      at_s,end_s,repair_s,kind,group,replica,zone,notice_s,factor,detection_s
      60,,600,,fleet,2,,,,
      90.5,100.5,,slow,,,,,1.5,
      120,,,reclaim,,,a,30,,
      130,,5,partition,fleet,,,,,2.5

      """)
    #expect(
      rules == [
        FailureRule(
          .at(SimTime(seconds: 60)), .replica(group: "fleet", place: 2),
          Failure(.crash, repair: .after(.second * 600))),
        FailureRule(
          .at(SimTime(seconds: 90.5)), .all,
          Failure(.slow(factor: 1.5), repair: .after(.second * 10))),
        FailureRule(
          .at(SimTime(seconds: 120)), .zone("a"),
          Failure(.reclaim(notice: .second * 30), repair: .never)),
        FailureRule(
          .at(SimTime(seconds: 130)), .group("fleet"),
          Failure(.partition(detection: .millisecond * 2500), repair: .after(.second * 5))),
      ])
    #expect(try planned("at_s\n").isEmpty)
  }

  @Test func `a plan says where its trace is, from the root`() throws {
    try withFiles(["f.csv": Array("at_s\n1\n".utf8)]) { folder in
      let plan = try plan(Self.scenario(folder + "/f.csv"))
      #expect(plan.line("failures.0.trace")?.hasPrefix(folder + "/f.csv (") == true)
      #expect(plan.line("failures.0.kind") == nil)
    }
  }

  @Test(arguments: [
    ("at_s,repair\n1,2\n", "f.csv:1: column \"repair\": unknown; known here: at_s, repair_s,"),
    ("when\n1\n", "f.csv:1: "),
    ("at_s\n\nnoon\n", "f.csv:3: at_s: found \"noon\"; expected a number from 0 to "),
    ("at_s\n-1\n", "f.csv:2: at_s: found \"-1\""),
    ("at_s,kind\n,crash\n", "f.csv:2: at_s: missing"),
    ("at_s,end_s\n5,5\n", "f.csv:2: end_s: found 5.0; expected a time after at_s, 5.0"),
    ("at_s,end_s,repair_s\n5,6,1\n", "f.csv:2: end_s: goes with no repair_s"),
    ("at_s,kind\n5,fire\n", "f.csv:2: kind: found \"fire\"; expected one of crash, "),
    ("at_s,kind\n5,slow\n", "f.csv:2: factor: missing"),
    ("at_s,factor\n5,2\n", "f.csv:2: factor: goes with kind slow, not with crash"),
    ("at_s,kind\n5,reclaim\n", "f.csv:2: notice_s: missing"),
    ("at_s,kind\n5,partition\n", "f.csv:2: repair_s: missing; a partition has repair_s or end_s"),
    ("at_s,group\n5,flete\n", "f.csv:2: group: found \"flete\", no group of the fleet; expected"),
    ("at_s,zone\n5,b\n", "f.csv:2: zone: found \"b\", no zone of the fleet; expected one of a"),
    ("at_s,replica\n5,3\n", "f.csv:2: replica: found 3; group fleet has replicas 0 to 2"),
    ("at_s,replica\n5,first\n", "f.csv:2: replica: found \"first\"; expected a whole number"),
  ])
  func `what is wrong with a row is told with its line`(rows: String, told: String) throws {
    let found = try problems(rows)
    #expect(found.count == 1 && found[0].hasPrefix(told), "\(found)")
  }

  @Test func `the rows of a trace say everything`() throws {
    let found = try problems("at_s\n1\n", more: ", at: 3 s")
    #expect(found.count == 1)
    #expect(found.first?.hasSuffix("failures.0.at: goes with no trace, whose rows say it") == true)
    let missing = ScenariosTests.problems(Self.scenario("nowhere.csv"))
    #expect(missing.first?.contains("failures.0.trace: cannot read \"nowhere.csv\"") == true)
  }
}
