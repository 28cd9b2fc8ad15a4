package io.aiaudit.report.pdf;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.AuditedResource;
import io.aiaudit.model.Brand;
import io.aiaudit.model.CloudName;
import io.aiaudit.report.paper.Banner;
import io.aiaudit.report.paper.Block;
import io.aiaudit.report.paper.Contents;
import io.aiaudit.report.paper.Heading;
import io.aiaudit.report.paper.Paragraph;
import io.aiaudit.report.paper.Shade;
import io.aiaudit.report.paper.Space;
import io.aiaudit.report.paper.Table;
import io.aiaudit.report.paper.TextStyle;
import io.aiaudit.report.section.Findings;
import io.aiaudit.report.section.PrintText;
import io.aiaudit.report.section.View;
import io.aiaudit.report.text.Amounts;
import io.aiaudit.report.text.Banners;
import io.aiaudit.report.text.CountedNoun;
import io.aiaudit.report.text.Times;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The first page: whose audit this is, of when, of what, and the contents. */
final class PdfCover {
    static final String TITLE = "AI infrastructure cost audit";

    private PdfCover() {}

    static List<Block> of(PdfChapter chapter, Brand brand, List<Block> chapters) {
        Audit audit = chapter.audit();
        List<Block> blocks = new ArrayList<>();
        if (brand.logo() == null) {
            blocks.add(new Space(96));
        } else {
            blocks.add(new Space(24));
            blocks.add(LogoPicture.of(
                    brand.logo(), chapter.text().of("Logo " + brand.author()).strip()));
            blocks.add(new Space(24));
        }
        blocks.add(new Heading(1, TextStyle.TITLE, TITLE, "", 0));
        for (String line :
                List.of(brand.client(), Times.window(audit.window()), brand.author(), brand.confidentiality())) {
            if (!line.isEmpty()) {
                blocks.add(new Paragraph(chapter.text().of(line), TextStyle.SUBTITLE, 2, false));
            }
        }
        blocks.addAll(paragraphs(brand.text(Brand.Part.COVER)));
        for (String banner : Banners.of(audit)) {
            blocks.add(new Banner(banner, banner.equals(Banners.DEMO) ? Shade.DEMO : Shade.ALERT));
        }
        blocks.add(Heading.section("What was scanned"));
        blocks.add(scanned(chapter));
        blocks.add(Heading.section("Contents"));
        blocks.add(new Contents(chapters.stream()
                .filter(block -> block instanceof Heading heading && heading.level() == 1)
                .map(Heading.class::cast)
                .toList()));
        return blocks;
    }

    /** A text of the author as the page can print it. */
    static List<Paragraph> paragraphs(String text) {
        PrintText print = new PrintText(new Amounts(null), View.LONGEST);
        return View.paragraphs(text).stream().map(print::of).map(Paragraph::of).toList();
    }

    private static Table scanned(PdfChapter chapter) {
        Audit audit = chapter.audit();
        Table table = Table.facts(0.2f);
        table.row(
                "Scanned",
                Times.minute(audit.scannedAt()) + " by aiaudit " + audit.tool().version());
        table.row("Currency", Findings.orUnknown(audit.currency()));
        table.row("Accounts", accounts(chapter));
        table.row("Resources", Amounts.count(audit.resources().size()));
        table.row("Findings", Amounts.count(audit.findings().size()));
        table.row(
                "Not read",
                audit.gaps().isEmpty()
                        ? "nothing"
                        : CountedNoun.of(audit.gaps().size(), "gap") + ", see Method and limits");
        return table;
    }

    /** Such as {@code aws 4, gcp 2}. */
    private static String accounts(PdfChapter chapter) {
        Map<String, Long> byProvider = chapter.audit().resources().stream()
                .filter(resource -> resource.accountId() != null && resource.provider() != null)
                .collect(Collectors.groupingBy(
                        AuditedResource::provider,
                        TreeMap::new,
                        Collectors.collectingAndThen(
                                Collectors.mapping(AuditedResource::accountId, Collectors.toSet()),
                                set -> (long) set.size())));
        return byProvider.isEmpty()
                ? Amounts.UNKNOWN
                : byProvider.entrySet().stream()
                        .limit(chapter.rows())
                        .map(entry ->
                                chapter.text().of(CloudName.of(entry.getKey())) + " " + Amounts.count(entry.getValue()))
                        .collect(Collectors.joining(", "));
    }
}
