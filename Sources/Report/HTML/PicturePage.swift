package import Charts

/// A page of pictures with their captions and numbers, for what is not a run.
package enum PicturePage {
  /// The file's text.
  package static func render(
    title: String, note: String, _ pictures: [(name: String, chart: Chart)]
  ) -> String {
    let figures = pictures.map { FigureGallery.html($0.chart, name: $0.name) }
    return HTMLReport.page(
      title: title,
      header: HTMLText.element("h1", "", HTMLText.escaped(title)) + HTMLText.paragraph(note),
      sections: [
        HTMLReport.Section(
          id: "pictures", title: "Pictures",
          content: HTMLText.element("div", "class=\"figures\"", figures.joined()))
      ])
  }
}
