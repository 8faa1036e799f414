/// What people write for units, and the units that are meant by it.
///
/// They are suggested, not read: `Gb/s` may mean bits, and a factor of eight is a wrong answer.
enum UnitWords {
  /// Among `units`, the one that `word` stands for; nil: none.
  static func meant(by word: String, among units: [String]) -> String? {
    let plain = fold(word)
    if let named = words[plain], units.contains(named) { return named }
    return units.first { fold($0) == plain }
  }

  private static func fold(_ word: String) -> String {
    var plain = word.lowercased().filter { !$0.isWhitespace && $0 != "." }
    for gas in ["co2eq", "co2e", "co2"] { plain = plain.replacing(gas, with: "") }
    return plain
  }

  private static let words: [String: String] = {
    let lists = [
      "s": "sec secs second seconds", "ms": "msec msecs millisecond milliseconds milli",
      "us": "µs μs usec microsecond microseconds", "ns": "nanosecond nanoseconds",
      "min": "mins minute minutes m", "h": "hr hrs hour hours", "d": "day days",
      "y": "yr yrs year years a", "TFLOP/s": "tflops tflop tf", "GFLOP/s": "gflops gflop",
      "PFLOP/s": "pflops pflop", "TOP/s": "tops", "GB/s": "gbps gbytes/s", "TB/s": "tbps",
      "MB/s": "mbps", "Gbit/s": "gbits gbit", "W": "watt watts", "kW": "kilowatt kilowatts",
      "/s": "rps qps req/s requests/s 1/s hz persecond s", "/min": "rpm req/min requests/min",
      "/h": "req/h requests/h", "g/kWh": "g/kwh g", "L/kWh": "liter/kwh litre/kwh l",
      "GB": "gigabyte gigabytes g", "GiB": "gib gibibytes gi", "MiB": "mi", "TiB": "ti",
      "kg": "kilo",
    ]
    return Dictionary(
      lists.flatMap { unit, names in names.split(separator: " ").map { (String($0), unit) } },
      uniquingKeysWith: { first, _ in first })
  }()
}
