package io.aiaudit.cli;

import io.aiaudit.model.FileSet;
import io.aiaudit.model.Keyed;
import io.aiaudit.scan.Config;
import io.aiaudit.scan.Scan;
import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;

/** Says what a scan would read, run and write. */
record DryRun(Config config, Delivery delivery, Console console) {
    void say() {
        PrintWriter out = console.out();
        List<FileSet> files = config.inputs().find();
        out.println("Would read: " + config.sources().stream().map(Keyed::key).collect(Collectors.joining(", ")));
        files.forEach(set -> set.files()
                .forEach(file -> out.println("  " + set.content().key() + " " + Plain.text(file.toString()))));
        config.priceFiles().forEach(file -> out.println("  prices " + Plain.text(file)));
        Scan.outline(config).forEach(line -> out.println("  " + line));
        out.println("Window: " + Scan.windowInWords(config));
        out.println("Rules: " + String.join(", ", Scan.ruleIds(config)));
        out.println("Would write:" + (delivery.folder() == null ? " the report to standard output" : ""));
        delivery.files().forEach(file -> out.println("  " + Plain.text(file.toString())));
        if (config.save() != null) {
            out.println("  " + Plain.text(config.save().toString()));
        }
        out.flush();
    }
}
