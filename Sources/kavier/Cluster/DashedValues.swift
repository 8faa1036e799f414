/// Options whose values are options of other programs: the parser would look for its own in them, and
/// take `-p short` for `-h`.
enum DashedValues {
  private static let options: Set = ["--slurm-options"]

  /// `--slurm-options VALUE` as `--slurm-options=VALUE`.
  static func joined(_ arguments: [String]) -> [String] {
    var result: [String] = []
    var rest = arguments[...]
    while let word = rest.popFirst() {
      if word == "--" { return result + [word] + rest }
      if options.contains(word), let value = rest.popFirst() {
        result.append("\(word)=\(value)")
      } else {
        result.append(word)
      }
    }
    return result
  }
}
