import Report
import ServingSim
import SimKernel
import Testing
import Yams

@Suite(.timeLimit(.minutes(30))) struct PlanRenderingTests {
  static let lines = [
    PlanLine(path: "name", value: "a: \"b\" #1", origin: "scenario.yaml:1"),
    PlanLine(path: "workload.rate", value: "5.5 /s", origin: "scenario.yaml:3"),
    PlanLine(path: "fleet.0.model", value: "llama-3.1-8b", origin: "catalogue: llama\n3.1"),
    PlanLine(path: "fleet.0.engine.block_size", value: "16", origin: "default: vLLM 0.32"),
    PlanLine(path: "fleet.0.engine.enable_prefix_caching", value: "true", origin: "--set"),
    PlanLine(path: "fleet.1.model", value: "-", origin: ""),
    PlanLine(path: "router", value: "", origin: "default"),
  ]

  @Test func `plan.yaml nests fields by path and says where they come from`() {
    #expect(
      PlanYAML.render(Self.lines) == """
        name: "a: \\"b\\" #1"  # scenario.yaml:1
        workload:
          rate: 5.5 /s  # scenario.yaml:3
        fleet:
          - model: llama-3.1-8b  # catalogue: llama 3.1
            engine:
              block_size: 16  # default: vLLM 0.32
              enable_prefix_caching: true  # --set
          - model: "-"
        router: ""  # default

        """)
  }

  @Test func `plan.yaml reads back as it was`() throws {
    let root = try #require(try Yams.compose(yaml: PlanYAML.render(Self.lines)))
    #expect(root["name"]?.string == "a: \"b\" #1")
    #expect(root["fleet"]?[0]?["engine"]?["block_size"]?.int == 16)
    #expect(root["fleet"]?[0]?["engine"]?["enable_prefix_caching"]?.bool == true)
    #expect(root["fleet"]?[1]?["model"]?.string == "-")
    #expect(root["router"]?.string == "")
  }

  @Test func `any value reads back as itself`() throws {
    var random = RandomStream(seed: 23, .tests)
    let letters: [Character] = [
      "a", "1", "-", ":", " ", "#", "\"", "'", "\\", "\n", "\t", "{", "[", ",", "&", "*", "!", "|",
      ">", "%", "@", "`", "é", "\u{1B}", "\u{85}", "?", "~", ".", "/",
    ]
    for _ in 0..<2000 {
      let value = String(
        (0..<random.integer(below: 6)).map { _ in
          letters[random.integer(below: letters.count)]
        })
      let yaml = PlanYAML.render([
        PlanLine(path: "a.b", value: value, origin: "x\ny"),
        PlanLine(path: "a.c", value: "1", origin: ""),
      ])
      let root = try #require(try Yams.compose(yaml: yaml), "\(yaml)")
      #expect(root["a"]?["b"]?.string == value, "\(yaml)")
      #expect(root["a"]?["c"]?.int == 1, "\(yaml)")
    }
  }

  @Test func `a field with a value and parts keeps both, and no field comes twice`() throws {
    let yaml = PlanYAML.render([
      PlanLine(path: "step_time", value: "linear", origin: ""),
      PlanLine(path: "step_time.base", value: "1 ms", origin: ""),
      PlanLine(path: "step_time.base", value: "2 ms", origin: ""),
    ])
    #expect(yaml == "step_time:\n  value: linear\n  base: 2 ms\n")
    #expect(PlanYAML.render([]) == "{}\n")
  }

  @Test func `the plan's text has columns within 80 characters`() {
    let text = PlanText.render(
      Self.lines + [
        PlanLine(
          path: "fleet.0.kv.bytes_per_token", value: "131072",
          origin: "derived: 2 (keys and values) x 32 layers x 8 heads x 128 values x 2 bytes")
      ])
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 })
    #expect(
      text.hasPrefix(
        """
        scenario
          name                   a: "b" #1     scenario.yaml:1
          router                               default

        workload
          rate                   5.5 /s        scenario.yaml:3

        fleet.0
          model                  llama-3.1-8b  catalogue: llama 3.1

        fleet.0.engine
          block_size             16            default: vLLM 0.32
          enable_prefix_caching  true          --set

        fleet.1
          model                  -

        fleet.0.kv
          bytes_per_token        131072        derived: 2 (keys and values) x 32 layers
                                               x 8 heads x 128 values x 2 bytes
        """), "\(text)")
    #expect(PlanText.render([]).isEmpty)
  }
}
