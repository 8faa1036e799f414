import ServingSim
import SimKernel

/// A request in the fleet. A class: it changes with every token.
final class ServedRequest {
  /// Which one it is of all that were served.
  let index: Int
  /// nil: nobody is told any more.
  var answer: Answer?
  let prompt: PromptDigest
  let script: AnswerScript
  let chain: Int32?
  let length: (tokens: Int, endsItself: Bool)
  let fault: (fault: Fault, afterTokens: Int)?
  let group: AnswerGroup
  /// Tokens that it might have had.
  let limit: Int
  var generated = 0
  var lastToken: SimTime
  var abortReason = FinishedReason.abort
  private var deliveryTurn = -1
  private var deliveryPlace = 0

  init(
    index: Int, answer: Answer, prompt: PromptDigest, script: AnswerScript, chain: Int32?,
    length: (tokens: Int, endsItself: Bool), fault: (fault: Fault, afterTokens: Int)?,
    group: AnswerGroup, limit: Int, lastToken: SimTime
  ) {
    self.index = index
    self.answer = answer
    self.prompt = prompt
    self.script = script
    self.chain = chain
    self.length = length
    self.fault = fault
    self.group = group
    self.limit = limit
    self.lastToken = lastToken
  }

  /// The prompt and what there is of the answer, as far as the engine has it: the last token of an
  /// answer is never computed on.
  var text: PromptDigest {
    var text = prompt
    for index in 0..<max(0, generated - 1) { text.append(id: script.id(index)) }
    return text
  }

  func reason(_ outcome: Outcome) -> FinishedReason {
    guard outcome.status == .finished else { return abortReason }
    return length.endsItself && Int(outcome.outputTokens) == length.tokens ? .stop : .length
  }

  func delivery(in turn: Int) -> Int? { deliveryTurn == turn ? deliveryPlace : nil }

  func noteDelivery(_ place: Int, in turn: Int) {
    deliveryTurn = turn
    deliveryPlace = place
  }
}
