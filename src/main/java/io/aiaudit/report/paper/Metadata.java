package io.aiaudit.report.paper;

import java.nio.charset.StandardCharsets;

/** What the document says of itself in XMP: its title, who made it, and that it keeps to PDF/UA-1. */
final class Metadata {
    private static final String TEMPLATE = """
            <?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
            <x:xmpmeta xmlns:x="adobe:ns:meta/">
             <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
              <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
                xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
                xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
               <dc:title><rdf:Alt><rdf:li xml:lang="x-default">%s</rdf:li></rdf:Alt></dc:title>
               <dc:language><rdf:Bag><rdf:li>en</rdf:li></rdf:Bag></dc:language>
               <pdf:Producer>%s</pdf:Producer>%s
               <pdfuaid:part>1</pdfuaid:part>
              </rdf:Description>
             </rdf:RDF>
            </x:xmpmeta>
            <?xpacket end="r"?>
            """;

    private Metadata() {}

    static byte[] of(Imprint imprint) {
        String made = imprint.made() == null ? "" : "\n   <xmp:CreateDate>" + imprint.made() + "</xmp:CreateDate>";
        return TEMPLATE.formatted(escaped(imprint.title()), escaped(imprint.producer()), made)
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
