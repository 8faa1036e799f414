import ServingModel
import TextAndBytes

/// What people call accelerators and models that the catalogue has under names of its own.
package enum HardwareNames {
  /// Accelerators, the likeliest first; `8xH100` is taken for `H100`.
  package static func accelerators(for word: String) -> [String] {
    let names = Accelerators.all.map(\.id)
    // Of the variants of one chip the modules of servers are meant more often than cards.
    let byUse = names.filter { $0.contains("-sxm") } + names.filter { !$0.contains("-sxm") }
    return Spelling.guesses(for: withoutMaker(withoutCount(word)), of: byUse)
  }

  /// Models by their catalogue names; by those of Hugging Face where these tell nothing.
  package static func models(for word: String) -> [String] {
    if let meant = Models.named(word) { return [meant.id] }
    let short = withoutMaker(word.split(separator: "/").last.map(String.init) ?? word)
    let names = Spelling.guesses(for: withoutTuning(short), of: Models.all.map(\.id))
    return names.isEmpty
      ? Spelling.guesses(for: word, of: Models.all.compactMap(\.huggingFaceID)) : names
  }

  /// How many there are in `8xH100`, `8x H100`, `8*h100`; nil: it says no number.
  package static func count(in word: String) -> Int? {
    let digits = word.prefix { $0.isASCII && $0.isNumber }
    let rest = word.dropFirst(digits.count).drop { $0 == " " }
    guard let sign = rest.first, "x*×".contains(sign), rest.count > 1 else { return nil }
    return Int(digits)
  }

  private static func withoutCount(_ word: String) -> String {
    guard count(in: word) != nil else { return word }
    let rest = word.drop { $0.isNumber || $0 == " " }.dropFirst()
    return String(rest.drop { $0 == " " })
  }

  private static func withoutMaker(_ word: String) -> String {
    let makers = [
      "nvidia", "amd", "intel", "google", "aws", "tesla", "instinct", "geforce", "meta",
    ]
    let parts = word.lowercased().split { " -_".contains($0) }
    let kept = parts.filter { !makers.contains(String($0)) }
    return kept.count == parts.count || kept.isEmpty ? word : kept.joined(separator: "-")
  }

  private static func withoutTuning(_ word: String) -> String {
    let tuning = ["instruct", "chat", "hf", "it", "base", "bf16", "fp8", "awq", "gptq", "int4"]
    let parts = word.lowercased().split(separator: "-")
    let kept = parts.filter { !tuning.contains(String($0)) }
    return kept.isEmpty ? word : kept.joined(separator: "-")
  }
}
