package import Charts

/// A page of pictures with their captions and numbers, for what is not a run.
package enum PicturePage {
  /// The file's text.
  ///
  /// `tables` stand before the pictures, each under its title.
  package static func render(
    title: String, note: String, tables: [(title: String, table: DataTable)] = [],
    _ pictures: [(name: String, chart: Chart)]
  ) -> String {
    let figures = pictures.map { FigureGallery.html($0.chart, name: $0.name) }
    let numbers = tables.enumerated().map { index, part in
      HTMLReport.Section(
        id: "table-\(index + 1)", title: part.title,
        content: HTMLText.table(part.table, caption: part.title))
    }
    return HTMLReport.page(
      title: title,
      header: HTMLText.element("h1", "", HTMLText.escaped(title)) + HTMLText.paragraph(note),
      sections: numbers + [
        HTMLReport.Section(
          id: "pictures", title: "Pictures",
          content: HTMLText.element("div", "class=\"figures\"", figures.joined()))
      ])
  }
}
