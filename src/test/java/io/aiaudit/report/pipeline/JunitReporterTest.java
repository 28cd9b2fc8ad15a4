package io.aiaudit.report.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Status;
import io.aiaudit.report.HostileAudit;
import io.aiaudit.report.SampleAudit;
import io.aiaudit.report.Written;
import io.aiaudit.report.section.Findings;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class JunitReporterTest {
    static List<Audit> audits() {
        return List.of(SampleAudit.rich(), SampleAudit.empty(), HostileAudit.everywhere());
    }

    @ParameterizedTest
    @MethodSource("audits")
    void every_audit_is_valid_and_its_counts_are_right(Audit audit) throws Exception {
        String xml = Written.by(new JunitReporter(), audit);
        Schema schema = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                .newSchema(JunitReporterTest.class.getResource("junit.xsd"));
        assertThatCode(() -> schema.newValidator().validate(new StreamSource(new StringReader(xml))))
                .doesNotThrowAnyException();
        for (Element suite : elements(parse(xml), "testsuite")) {
            assertThat(suite.getAttribute("tests"))
                    .isEqualTo(Integer.toString(
                            suite.getElementsByTagName("testcase").getLength()));
            assertThat(suite.getAttribute("failures"))
                    .isEqualTo(Integer.toString(
                            suite.getElementsByTagName("failure").getLength()));
            assertThat(suite.getAttribute("skipped"))
                    .isEqualTo(Integer.toString(
                            suite.getElementsByTagName("skipped").getLength()));
            assertThat(suite.getAttribute("errors"))
                    .isEqualTo(
                            Integer.toString(suite.getElementsByTagName("error").getLength()));
        }
    }

    @Test
    void a_case_fails_where_the_finding_counts_and_nowhere_else() throws Exception {
        Audit audit = SampleAudit.rich();
        List<String> rules = audit.rules().stream().map(Audit.RuleReport::id).toList();
        long counted = Findings.with(audit, Status.COUNTED).stream()
                .filter(finding -> rules.contains(finding.rule()))
                .count();
        Document xml = parse(Written.by(new JunitReporter(), audit));
        assertThat(elements(xml, "failure")).hasSize((int) counted).isNotEmpty();
        assertThat(xml.getDocumentElement().getAttribute("failures")).isEqualTo(Long.toString(counted));
        assertThat(elements(xml, "failure").get(0).getAttribute("message")).startsWith("Saves $18,922 a month");
    }

    @Test
    void what_was_not_examined_or_not_read_did_not_pass() throws Exception {
        Document xml = parse(Written.by(new JunitReporter(), SampleAudit.rich()));
        assertThat(elements(xml, "skipped"))
                .extracting(skipped -> skipped.getAttribute("message"))
                .contains(
                        "3 x no points of requests in 30 of 30 days; 1 x lived 3 of 7 days",
                        "The rule did not run: skipped by --skip-rule")
                .anyMatch(message -> message.startsWith("Not read: access denied for sagemaker:ListEndpoints"));
        assertThat(elements(xml, "error"))
                .extracting(error -> error.getAttribute("message"))
                .containsExactly("rule.sql line 4: column \"gpus\" is not known. Did you mean \"vcpus\"?");
        assertThat(elements(parse(Written.by(new JunitReporter(), SampleAudit.empty())), "testcase"))
                .noneMatch(each -> each.getAttribute("name").contains("0 resources without a finding"));
    }

    private static Document parse(String xml) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return factory.newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
    }

    private static List<Element> elements(Document xml, String name) {
        NodeList nodes = xml.getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int index = 0; index < nodes.getLength(); index++) {
            elements.add((Element) nodes.item(index));
        }
        return elements;
    }
}
