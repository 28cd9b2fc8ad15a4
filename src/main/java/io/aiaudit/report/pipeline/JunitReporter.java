package io.aiaudit.report.pipeline;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.Audit.RuleReport;
import io.aiaudit.model.CloudName;
import io.aiaudit.model.Gap;
import io.aiaudit.model.Status;
import io.aiaudit.report.format.Reporter;
import io.aiaudit.report.section.FindingWords;
import io.aiaudit.report.section.Findings;
import io.aiaudit.report.text.Amounts;
import io.aiaudit.report.text.CountedNoun;
import io.aiaudit.report.text.DisplayText;
import io.aiaudit.report.text.Times;
import io.aiaudit.report.text.VisibleText;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * The audit as test results, for the pages that pipelines have for them. A rule is a suite and a finding a case: it
 * fails where it counts, is skipped with the reason where it does not count, and what was not examined or not read is
 * skipped, too. A rule that failed is an error.
 */
public final class JunitReporter implements Reporter {
    private static final int LONGEST_NAME = 200;
    private static final String SUITE = "aiaudit.";

    @Override
    public String format() {
        return "junit.xml";
    }

    /**
     * One test case.
     *
     * @param outcome failure, error, skipped; null = passed
     */
    private record Case(String name, String outcome, String type, String message, String text) {
        static Case skipped(String name, String message) {
            return new Case(name, "skipped", null, message, null);
        }
    }

    @Override
    public void write(Audit audit, OutputStream out) throws IOException {
        try {
            XMLStreamWriter xml =
                    XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out, StandardCharsets.UTF_8.name());
            write(audit, suites(audit), xml);
            xml.flush();
        } catch (XMLStreamException e) {
            throw new IOException(e);
        }
        out.flush();
    }

    private static Map<String, List<Case>> suites(Audit audit) {
        Map<String, List<Case>> suites = new LinkedHashMap<>();
        audit.rules().forEach(rule -> suites.put(SUITE + rule.id(), cases(audit, rule)));
        if (!audit.gaps().isEmpty()) {
            suites.put(
                    "aiaudit", audit.gaps().stream().map(JunitReporter::notRead).toList());
        }
        return suites;
    }

    private static Case notRead(Gap gap) {
        return Case.skipped(
                "read " + CloudName.of(gap.source()) + " " + Findings.orUnknown(gap.scope()),
                "Not read: " + gap.problem() + " Fix: " + gap.fix());
    }

    private static List<Case> cases(Audit audit, RuleReport rule) {
        String name = rule.title() == null ? rule.id() : rule.title();
        if (rule.state().equals("failed")) {
            return List.of(new Case(
                    name, "error", "rule failed", Findings.orUnknown(rule.problem()), "Test it: aiaudit rules test"));
        }
        if (!rule.state().equals("evaluated")) {
            return List.of(Case.skipped(name, "The rule did not run: " + Findings.orUnknown(rule.problem())));
        }
        List<Case> cases = new ArrayList<>();
        audit.findings().stream()
                .filter(finding -> finding.rule().equals(rule.id()))
                .forEach(finding -> cases.add(finding(audit, finding)));
        if (rule.examined() > rule.found()) {
            cases.add(new Case(
                    CountedNoun.of(rule.examined() - rule.found(), "resource") + " without a finding",
                    null,
                    null,
                    null,
                    null));
        }
        if (rule.notExamined() > 0) {
            String what = rule.lackedData() == 0 ? " not set in the policy" : " lacked data";
            int checks = rule.lackedData() == 0 ? rule.notExamined() : rule.lackedData();
            cases.add(Case.skipped(CountedNoun.of(checks, "check") + what, reasons(rule)));
        }
        return List.copyOf(cases);
    }

    private static String reasons(RuleReport rule) {
        return rule.notExaminedReasons().entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .map(reason -> reason.getValue() + " x " + reason.getKey())
                .collect(Collectors.joining("; "));
    }

    private static Case finding(Audit audit, AuditedFinding finding) {
        Amounts amounts = new Amounts(audit.currency());
        String name = Findings.name(finding) + " (" + FindingWords.location(finding) + ") " + finding.id();
        if (finding.status() == Status.COUNTED && !finding.onlyFrees()) {
            return new Case(
                    name,
                    "failure",
                    finding.lever() == null ? Amounts.UNKNOWN : finding.lever().key(),
                    Findings.titled(audit, FindingWords.worth(finding, amounts)),
                    text(audit, finding, amounts));
        }
        return Case.skipped(name, Findings.titled(audit, FindingWords.text(finding, amounts)));
    }

    private static String text(Audit audit, AuditedFinding finding, Amounts amounts) {
        List<String> lines = new ArrayList<>(
                List.of(Findings.titled(audit, FindingWords.text(finding, amounts)), finding.resourceId()));
        if (finding.remedy() != null) {
            lines.add(finding.remedy().action());
            lines.addAll(finding.remedy().commands());
        }
        return lines.stream().map(JunitReporter::shown).collect(Collectors.joining("\n"));
    }

    private static void write(Audit audit, Map<String, List<Case>> suites, XMLStreamWriter xml)
            throws XMLStreamException {
        List<Case> all = suites.values().stream().flatMap(List::stream).toList();
        xml.writeStartDocument("UTF-8", "1.0");
        newLine(0, xml);
        xml.writeStartElement("testsuites");
        counts("aiaudit " + Times.window(audit.window()), all, xml);
        for (Map.Entry<String, List<Case>> suite : suites.entrySet()) {
            newLine(1, xml);
            xml.writeStartElement("testsuite");
            counts(suite.getKey(), suite.getValue(), xml);
            xml.writeAttribute("timestamp", audit.scannedAt().toString().replace("Z", ""));
            properties(audit, xml);
            for (Case each : suite.getValue()) {
                write(suite.getKey(), each, xml);
            }
            newLine(1, xml);
            xml.writeEndElement();
        }
        newLine(0, xml);
        xml.writeEndElement();
        newLine(0, xml);
        xml.writeEndDocument();
    }

    private static void counts(String name, List<Case> cases, XMLStreamWriter xml) throws XMLStreamException {
        xml.writeAttribute("name", DisplayText.cut(name, LONGEST_NAME));
        xml.writeAttribute("tests", Integer.toString(cases.size()));
        xml.writeAttribute("failures", count(cases, "failure"));
        xml.writeAttribute("errors", count(cases, "error"));
        xml.writeAttribute("skipped", count(cases, "skipped"));
        xml.writeAttribute("time", "0");
    }

    private static String count(List<Case> cases, String outcome) {
        return Long.toString(
                cases.stream().filter(each -> outcome.equals(each.outcome())).count());
    }

    private static void properties(Audit audit, XMLStreamWriter xml) throws XMLStreamException {
        newLine(2, xml);
        xml.writeStartElement("properties");
        property("currency", audit.currency(), xml);
        property("demo", Boolean.toString(audit.demo()), xml);
        property("partial", Boolean.toString(audit.partial()), xml);
        newLine(2, xml);
        xml.writeEndElement();
    }

    private static void property(String name, String value, XMLStreamWriter xml) throws XMLStreamException {
        newLine(3, xml);
        xml.writeEmptyElement("property");
        xml.writeAttribute("name", name);
        xml.writeAttribute("value", shown(Findings.orUnknown(value)));
    }

    private static void write(String suite, Case each, XMLStreamWriter xml) throws XMLStreamException {
        newLine(2, xml);
        xml.writeStartElement("testcase");
        xml.writeAttribute("name", DisplayText.cut(each.name(), LONGEST_NAME));
        xml.writeAttribute("classname", DisplayText.cut(suite, LONGEST_NAME));
        xml.writeAttribute("time", "0");
        if (each.outcome() != null) {
            newLine(3, xml);
            xml.writeStartElement(each.outcome());
            xml.writeAttribute("message", shown(each.message()));
            if (each.type() != null) {
                xml.writeAttribute("type", each.type());
            }
            if (each.text() != null) {
                xml.writeCharacters(each.text());
            }
            xml.writeEndElement();
            newLine(2, xml);
        }
        xml.writeEndElement();
    }

    private static void newLine(int depth, XMLStreamWriter xml) throws XMLStreamException {
        xml.writeCharacters("\n" + "  ".repeat(depth));
    }

    private static String shown(String text) {
        return VisibleText.of(text);
    }
}
