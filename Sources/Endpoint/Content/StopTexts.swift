/// Texts that are looked for in a stream of bytes, all at once: an automaton of Aho and Corasick
/// (1975), so that a byte costs the same however many and however long they are.
struct StopTexts: Sendable {
  /// Bytes of all texts together, at most: the automaton has a state for each.
  static let mostBytes = 1 << 16

  private struct State: Sendable {
    /// The state of the longest end of this one's text that another text begins with.
    var fallback: Int32 = 0
    /// The first text that ends here, and its length.
    var text = Int.max
    var length = 0
  }

  private var states = [State()]
  /// By state and byte.
  private var steps: [UInt64: Int32] = [:]

  /// Texts of no bytes are never found. `numbers`: what each is called when it is found.
  init(_ texts: [(number: Int, bytes: [UInt8])]) {
    for (number, bytes) in texts where !bytes.isEmpty {
      var at: Int32 = 0
      for byte in bytes { at = add(byte, after: at) }
      if number < states[Int(at)].text {
        states[Int(at)].text = number
        states[Int(at)].length = bytes.count
      }
    }
    linkFallbacks()
  }

  var isEmpty: Bool { steps.isEmpty }

  private static func key(_ state: Int32, _ byte: UInt8) -> UInt64 {
    UInt64(state) << 8 | UInt64(byte)
  }

  private mutating func add(_ byte: UInt8, after state: Int32) -> Int32 {
    if let next = steps[Self.key(state, byte)] { return next }
    let next = Int32(states.count)
    states.append(State())
    steps[Self.key(state, byte)] = next
    return next
  }

  /// States in order of their depth, since each falls back to one above it.
  private mutating func linkFallbacks() {
    var children = [[(byte: UInt8, state: Int32)]](repeating: [], count: states.count)
    for (key, state) in steps {
      children[Int(key >> 8)].append((UInt8(truncatingIfNeeded: key), state))
    }
    var waiting = [Int32(0)]
    var next = 0
    while next < waiting.count {
      let parent = waiting[next]
      next += 1
      for (byte, state) in children[Int(parent)] {
        waiting.append(state)
        guard parent != 0 else { continue }
        let fallback = step(from: states[Int(parent)].fallback, by: byte)
        states[Int(state)].fallback = fallback
        let ending = states[Int(fallback)]
        guard ending.text < states[Int(state)].text else { continue }
        states[Int(state)].text = ending.text
        states[Int(state)].length = ending.length
      }
    }
  }

  /// The state after another byte; 0 is the beginning.
  func step(from state: Int32, by byte: UInt8) -> Int32 {
    var state = state
    while true {
      if let next = steps[Self.key(state, byte)] { return next }
      if state == 0 { return 0 }
      state = states[Int(state)].fallback
    }
  }

  /// The first of the texts that end at a state.
  func found(at state: Int32) -> (text: Int, length: Int)? {
    let state = states[Int(state)]
    return state.length > 0 ? (state.text, state.length) : nil
  }
}
