package io.aiaudit.cli;

import io.aiaudit.config.Config;
import io.aiaudit.model.FileSet;
import io.aiaudit.model.Keyed;
import io.aiaudit.scan.Scan;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Says what a scan would read, run and write. */
record DryRun(Config config, Delivery delivery, Console console) {
    private static final int COLUMNS = 80;

    void say() {
        PrintWriter out = console.out();
        List<FileSet> files = config.inputs().find();
        // What is wrong is found before the first line, so that nothing is announced that would not be done.
        Set<String> rules = Scan.rules(config).keySet();
        out.println("Would read: " + config.sources().stream().map(Keyed::key).collect(Collectors.joining(", ")));
        files.forEach(set -> set.files()
                .forEach(file -> out.println("  " + set.content().key() + " " + Plain.text(file.toString()))));
        config.priceFiles().forEach(file -> out.println("  prices " + Plain.text(file)));
        Scan.outline(config).forEach(line -> wrapped("  " + line, "    ").forEach(out::println));
        wrapped("Window: " + Scan.windowInWords(config), "  ").forEach(out::println);
        wrapped("Rules: " + String.join(", ", rules), "  ").forEach(out::println);
        out.println("Would write:" + (delivery.folder() == null ? " the report to standard output" : ""));
        delivery.files().forEach(file -> out.println("  " + Plain.text(file.toString())));
        if (config.save() != null) {
            out.println("  " + Plain.text(config.save().toString()));
        }
        out.flush();
    }

    /** Lines of a terminal, the second and later ones indented; a word that is longer than a line stays whole. */
    private static List<String> wrapped(String text, String indent) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split("(?<=[^ ]) ")) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > COLUMNS) {
                lines.add(line.toString());
                line.setLength(0);
                line.append(indent).append(word);
            } else {
                line.append(line.isEmpty() ? "" : " ").append(word);
            }
        }
        lines.add(line.toString());
        return lines;
    }
}
