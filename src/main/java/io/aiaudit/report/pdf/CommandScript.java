package io.aiaudit.report.pdf;

import io.aiaudit.model.Audit;
import io.aiaudit.model.PlannedFinding;
import io.aiaudit.report.format.Reporter;
import io.aiaudit.report.section.Exclusions;
import io.aiaudit.report.section.Findings;
import io.aiaudit.report.section.PlanView;
import io.aiaudit.report.text.Amounts;
import io.aiaudit.report.text.Instructions;
import io.aiaudit.report.text.VisibleText;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * The commands of the plan in a file of their own, in the order of the plan: each line is pasted by itself, after it
 * was read.
 */
public final class CommandScript implements Reporter {
    private static final String HEAD = """
            # Commands of the aiaudit report. This file is not a script: read each line, then paste it into your shell.
            # In a line such as NAME_1a2b3c4d='', put the value between the quotes. Without it, the lines that need it \
            stop.
            # In zsh, paste 'setopt interactive_comments' first: then it takes lines that begin with # as comments.
            # Some lines need jq.
            echo "Paste single lines of this file; it does nothing when it is run." >&2; return 1 2> /dev/null \
            || case $- in *i*) ;; *) exit 1 ;; esac
            """;
    private static final String REDACTED = """
            # Names are redacted: these lines show what to do. To do it, take them from the report with the names.
            """;

    /** What a shell without comments in its dialog would do more with than to name a command that it does not know. */
    private static final Pattern ACTIVE = Pattern.compile("[^\\p{L}\\p{N} _./:@%+=,\u201c\u201d\u2019$-]|\\$(?!\\d)");

    private static final Pattern TITLE = Pattern.compile("\"([^\"]*)\"");

    @Override
    public String format() {
        return "commands";
    }

    @Override
    public String fileName() {
        return "aiaudit-commands.sh";
    }

    @Override
    public void write(Audit audit, OutputStream out) throws IOException {
        StringBuilder script = new StringBuilder(HEAD);
        if (audit.redacted()) {
            script.append(REDACTED);
        }
        Amounts amounts = Amounts.rounded(audit.currency());
        Exclusions exclusions = Exclusions.of(audit, amounts);
        audit.plan().stages().forEach(stage -> {
            script.append("\n# ").append(PlanView.word(stage.step())).append('\n');
            stage.findings().forEach(planned -> finding(audit, planned, exclusions, script));
        });
        out.write(script.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static void finding(Audit audit, PlannedFinding planned, Exclusions exclusions, StringBuilder script) {
        Amounts amounts = new Amounts(audit.currency());
        Instructions instructions = Instructions.of(planned.finding().remedy());
        script.append("\n# ")
                .append(inert(Findings.title(audit, planned.finding())))
                .append(": ")
                .append(inert(Findings.name(planned.finding())));
        if (planned.finding().counted() != null) {
            script.append(", ")
                    .append(amounts.whole(planned.finding().counted().likely()))
                    .append(" a month");
        }
        script.append(" (finding ")
                .append(VisibleText.of(planned.finding().id()))
                .append(")\n");
        String excluded = exclusions.beside(planned.finding());
        if (!excluded.isEmpty()) {
            script.append("# ").append(inert(excluded)).append('\n');
        }
        if (!instructions.byHand().isEmpty()) {
            script.append("# ").append(VisibleText.of(instructions.byHand())).append('\n');
        }
        instructions.lines().forEach(line -> script.append(VisibleText.of(line)).append('\n'));
    }

    /** In quotes where a shell that takes the line for a command would find more in it than words. */
    private static String inert(String text) {
        String visible = TITLE.matcher(VisibleText.of(text)).replaceAll("\u201c$1\u201d");
        return ACTIVE.matcher(visible).find() ? "'" + visible.replace("'", "\u2019") + "'" : visible;
    }
}
