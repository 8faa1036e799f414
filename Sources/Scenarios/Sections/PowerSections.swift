import ServingModel
import SimKernel

/// `power_cap`: the most that an accelerator draws.
enum PowerCapSetting: Hashable, Sendable {
  case watts(Watts)
  /// Of the thermal design power.
  case share(Double)

  static let expected = "a power like 350 W, or a share above 0 to 1, like 0.6"

  init?(_ text: String) {
    if let share = Fields.number(text), share > 0, share <= 1 {
      self = .share(share)
    } else if let watts = Units<Watts>.power.parse(text), watts.value > 0 {
      self = .watts(watts)
    } else {
      return nil
    }
  }
}

/// `power_down`: when replicas without work are switched off.
struct PowerDownSection: Sendable {
  var path: String
  var after: Stated<SimDuration>?
  var wake: Stated<SimDuration>?
  var minimum: Stated<Int>?

  init(_ fields: Fields) {
    path = fields.path
    fields.introduce("A replica that is off draws no power and has lost its KV cache.")
    after = fields.quantity(
      "after", .duration, "A replica that has had no work for this long is switched off.",
      .required("how long a replica idles before it is off, like 5 min"))
    wake = fields.quantity(
      "wake", .duration, zeroAllowed: true,
      "From the request that the router sends to a replica that is off, to that replica's first "
        + "step.",
      .required("from a request to the first step of a replica that was off, like 60 s"))
    minimum = fields.wholeNumber(
      "minimum", in: 0...100_000, "This many replicas of the group, the first ones, are always on.",
      .default("1"))
    fields.finish()
  }
}
