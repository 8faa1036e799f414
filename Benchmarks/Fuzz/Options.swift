/// What the command line says.
struct Options {
  var seed: UInt64 = 1
  /// nil: two minutes, or until `count` inputs are tried.
  var seconds: Int?
  /// Inputs to try; nil: as many as there is time for.
  var count: Int?
  var workers = 2
  /// Beginnings of the names of readers; none: all.
  var only: [String] = []
  /// Where inputs that fail are kept.
  var folder = "fuzz-failures"
  /// An input that was kept.
  var show: String?

  // What a supervisor tells its workers.
  var isWorker = false
  var first = 0
  var stride = 1
  var scratch = ""
  var place = ""

  static let usage = """
    usage: kavier-fuzz [--seed N] [--seconds S] [--count N] [--workers N] [--only NAME ...]
                       [--folder DIR]
           kavier-fuzz --show INPUT --only NAME
    """

  /// nil: not understood.
  init?(_ arguments: ArraySlice<String>) {
    var rest = arguments
    while let argument = rest.popFirst() {
      if argument == "--worker" {
        isWorker = true
        continue
      }
      guard let value = rest.popFirst(), take(argument, value) else { return nil }
    }
  }

  private mutating func take(_ argument: String, _ value: String) -> Bool {
    func number(_ least: Int) -> Int? { Int(value).flatMap { $0 >= least ? $0 : nil } }
    switch argument {
    case "--seed": return set(\.seed, UInt64(value))
    case "--seconds": return set(\.seconds, number(1).map { .some($0) })
    case "--count": return set(\.count, number(1).map { .some($0) })
    case "--workers": return set(\.workers, number(1))
    case "--only": only.append(value)
    case "--folder": folder = value
    case "--show": show = value
    case "--first": return set(\.first, number(0))
    case "--stride": return set(\.stride, number(1))
    case "--scratch": scratch = value
    case "--place": place = value
    default: return false
    }
    return true
  }

  private mutating func set<Value>(_ path: WritableKeyPath<Self, Value>, _ value: Value?) -> Bool {
    guard let value else { return false }
    self[keyPath: path] = value
    return true
  }

  func picks(_ name: String) -> Bool { only.isEmpty || only.contains { name.hasPrefix($0) } }
}
