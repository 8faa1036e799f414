import NIOCore
import SimKernel

/// What has become of an answer since its client last heard of it.
struct AnswerUpdate: Sendable {
  enum Ending: Sendable {
    case finished(FinishedReason)
    /// Indirect: nearly all updates have no ending, and all of them are copied a lot.
    indirect case failed(APIError)
    /// The connection is to be reset.
    case reset
  }

  /// Tokens so far.
  var tokens = 0
  /// When the last of them came, in the simulation.
  var time = SimTime.start
  /// Prompt tokens found in the prefix cache.
  var cachedTokens = 0
  /// nil: more will follow.
  var ending: Ending?
}

/// Who gets an answer: the tie between a connection, on its event loop, and the engine on its own.
final class Answer: @unchecked Sendable {
  /// The place of the connection's event loop among the endpoint's.
  let loopIndex: Int
  /// Its place among the answers to its request.
  let place: Int
  /// Its request's number, which only the engine's event loop touches; nil: not under way.
  var number: Int32?
  /// Who writes it, on its own event loop; nil once that has done with it.
  var connection: ConnectionHandler?

  init(loopIndex: Int, place: Int, connection: ConnectionHandler) {
    self.loopIndex = loopIndex
    self.place = place
    self.connection = connection
  }
}

/// News for one client.
struct Delivery: Sendable {
  var answer: Answer
  var update: AnswerUpdate
}
