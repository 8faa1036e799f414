import Foundation
import ServingModel
import ServingTestSupport
import Testing

@Suite(.timeLimit(.minutes(30))) struct KVSizeTests {
  /// Bytes a token of context leaves in layers that keep all of it, in bf16.
  @Test(arguments: [
    ("llama-3.1-8b", 131_072), ("llama-3.1-405b", 516_096), ("llama-2-7b", 524_288),
    ("falcon-7b", 8192), ("qwen3-30b-a3b", 98_304), ("deepseek-v3", 70_272),
    ("gpt-oss-120b", 36_864), ("gemma-4-31b", 81_920), ("mimo-v2-flash", 23_040),
    ("qwen3.5-27b", 65_536), ("kimi-linear-48b-a3b", 8064), ("nemotron-h-56b", 40_960),
  ])
  func `a token's KV entries take the bytes of its architecture`(id: String, bytes: Double) throws {
    let model = try #require(Models.named(id))
    #expect(KVSize(model, format: .bfloat16).full == Bytes(bytes))
    #expect(KVSize(model, format: .float8).full == Bytes(bytes / 2))
  }

  @Test(.enabled(if: SharedData.isPresent, Comment(rawValue: SharedData.absence)))
  func `a model of the collected catalogue is as it says there`() throws {
    let rows = try SharedCatalogue.rows("model_catalogue.csv")
    // Models that came later are not in it.
    for model in Models.all {
      guard let row = rows.first(where: { $0["id"] == model.id }) else { continue }
      let bytes = try #require(row["kv_bytes_per_token_bf16"].flatMap(Double.init))
      #expect(KVSize(model, format: .bfloat16).full == Bytes(bytes), "\(model.id)")
      #expect(row["hf_id"] == model.huggingFaceID)
    }
  }

  @Test func `fewer KV heads than accelerators are replicated`() throws {
    let model = try #require(Models.named("llama-3.1-8b"))
    let whole = KVSize(model, format: .bfloat16).full
    #expect(KVSize(model, format: .bfloat16, tensorParallel: 8).full == whole / 8)
    #expect(KVSize(model, format: .bfloat16, tensorParallel: 16).full == whole / 8)
  }

  @Test func `a latent is whole on every accelerator`() throws {
    let model = try #require(Models.named("deepseek-v3"))
    let one = KVSize(model, format: .bfloat16)
    #expect(KVSize(model, format: .bfloat16, tensorParallel: 8) == one)
  }

  @Test func `windowed layers and states are counted apart`() throws {
    let gemma = KVSize(try #require(Models.named("gemma-3-27b")), format: .bfloat16)
    #expect(gemma.windowed == gemma.full * 5.2)
    let qwen = KVSize(try #require(Models.named("qwen3.5-27b")), format: .bfloat16)
    #expect(qwen.state == Bytes(48 * 786_432 * 4))
  }
}

/// The collected catalogue that the shipped one was made from; not part of the repository.
enum SharedCatalogue {
  static func rows(_ name: String) throws -> [[String: String]] {
    let lines = try String(contentsOfFile: SharedData.path("catalogue/\(name)"), encoding: .utf8)
      .split(whereSeparator: \.isNewline)
    let header = fields(lines[0])
    return lines.dropFirst().map { line in
      Dictionary(zip(header, fields(line))) { first, _ in first }
    }
  }

  private static func fields(_ line: Substring) -> [String] {
    var result = [""]
    var quoted = false
    for character in line {
      switch character {
      case "\"": quoted.toggle()
      case "," where !quoted: result.append("")
      default: result[result.count - 1].append(character)
      }
    }
    return result
  }
}
