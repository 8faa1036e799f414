/// An entry of `workload.regions` or `workload.models`: what a share of the requests says of itself.
struct LabelShareSection: Sendable {
  var name: Stated<String>?
  var share: Stated<Double>?

  init(_ fields: Fields, of what: String) {
    fields.introduce(
      "What requests say, drawn at random. It takes the place of what a trace says.")
    name = fields.text("name", "The \(what).", .required("the name of a \(what)"))
    share = fields.positive(
      "share", .factor, "How many requests say so, beside the shares of the others.",
      .default("1"))
    fields.finish()
  }
}
