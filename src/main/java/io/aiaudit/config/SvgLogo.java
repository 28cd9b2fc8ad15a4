package io.aiaudit.config;

import io.aiaudit.model.Logo;
import io.aiaudit.model.UserError;
import io.aiaudit.model.YamlNode;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * A logo as SVG: shapes, gradients and letters, and nothing that runs, refers to something else or is drawn many times.
 */
final class SvgLogo {
    private static final String SVG = "http://www.w3.org/2000/svg";
    private static final int MOST_ELEMENTS = 5_000;
    private static final BigDecimal LARGEST_SIDE = new BigDecimal(100_000);
    private static final Set<String> ELEMENTS = Set.of(
            "svg",
            "g",
            "path",
            "rect",
            "circle",
            "ellipse",
            "line",
            "polyline",
            "polygon",
            "text",
            "tspan",
            "defs",
            "linearGradient",
            "radialGradient",
            "stop",
            "clipPath",
            "title",
            "desc");
    private static final Pattern NUMBERS =
            Pattern.compile("\\s*[-+.0-9]+[\\s,]+[-+.0-9]+[\\s,]+([.0-9]{1,12})[\\s,]+([.0-9]{1,12})\\s*");
    private static final Pattern OWN_REFERENCE = Pattern.compile("url\\(\\s*['\"]?#[\\w.-]+['\"]?\\s*\\)");

    private final YamlNode named;
    private int elements;

    private SvgLogo(YamlNode named) {
        this.named = named;
    }

    static Logo of(byte[] bytes, YamlNode named) {
        return new SvgLogo(named).checked(bytes);
    }

    private Logo checked(byte[] bytes) {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try {
            XMLStreamReader xml = factory.createXMLStreamReader(new ByteArrayInputStream(bytes));
            Logo logo = null;
            while (xml.hasNext()) {
                int event = xml.next();
                if (event == XMLStreamConstants.DTD
                        || event == XMLStreamConstants.PROCESSING_INSTRUCTION
                        || event == XMLStreamConstants.ENTITY_REFERENCE) {
                    throw refused("a document type, an entity or an instruction to a program");
                }
                if (event == XMLStreamConstants.START_ELEMENT) {
                    element(xml);
                    logo = logo == null ? sized(xml, bytes) : logo;
                }
            }
            return logo;
        } catch (XMLStreamException e) {
            throw new UserError(
                    named.location() + ": " + named.path() + ": " + named.text()
                            + " is damaged: it starts as an SVG picture and is none.",
                    "Save the logo again as plain SVG, or as PNG.",
                    e);
        }
    }

    private void element(XMLStreamReader xml) {
        elements++;
        if (elements > MOST_ELEMENTS) {
            throw refused("more than " + MOST_ELEMENTS + " elements");
        }
        if (!SVG.equals(xml.getNamespaceURI()) || !ELEMENTS.contains(xml.getLocalName())) {
            throw refused("<" + xml.getLocalName() + ">");
        }
        for (int number = 0; number < xml.getAttributeCount(); number++) {
            attribute(
                    xml.getAttributeNamespace(number),
                    xml.getAttributeLocalName(number),
                    xml.getAttributeValue(number));
        }
    }

    private void attribute(String namespace, String name, String value) {
        boolean refers = name.equals("href") && !value.startsWith("#");
        boolean foreign = namespace != null && !namespace.isEmpty() && !name.equals("href") && !name.equals("space");
        boolean runs = name.toLowerCase(Locale.ROOT).startsWith("on");
        String rest = OWN_REFERENCE.matcher(value.toLowerCase(Locale.ROOT)).replaceAll("");
        if (refers || foreign || runs || rest.contains("url") || rest.contains("\\") || rest.contains("@")) {
            throw refused("the attribute " + name);
        }
    }

    private Logo sized(XMLStreamReader xml, byte[] bytes) {
        String box = xml.getAttributeValue(null, "viewBox");
        Matcher numbers = NUMBERS.matcher(box == null ? "" : box);
        if (!xml.getLocalName().equals("svg") || !numbers.matches()) {
            throw named.error(
                    named.text() + " does not say how large it is: its first element has no viewBox.",
                    "Save the logo as plain SVG with a viewBox, or as PNG.");
        }
        try {
            BigDecimal width = new BigDecimal(numbers.group(1));
            BigDecimal height = new BigDecimal(numbers.group(2));
            if (Arrays.asList(width, height).stream()
                    .allMatch(side -> side.compareTo(BigDecimal.ONE) >= 0 && side.compareTo(LARGEST_SIDE) <= 0)) {
                return Logo.of(Logo.Form.SVG, bytes, width.intValue(), height.intValue());
            }
        } catch (NumberFormatException e) {
            throw named.error(
                    "the viewBox of " + named.text() + " is \"" + box + "\".", "Save the logo again as plain SVG.");
        }
        throw named.error(
                "the viewBox of " + named.text() + " is \"" + box + "\", expected sides from 1 to 100000.",
                "Save the logo again as plain SVG.");
    }

    private UserError refused(String what) {
        return named.error(
                named.text() + " has " + what + ", which is more than a picture needs.",
                "Save the logo as plain SVG with its shapes only, or as PNG.");
    }
}
