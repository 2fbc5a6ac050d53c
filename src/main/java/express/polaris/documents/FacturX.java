package express.polaris.documents;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.GregorianCalendar;
import java.util.Map;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentNameDictionary;
import org.apache.pdfbox.pdmodel.PDEmbeddedFilesNameTreeNode;
import org.apache.pdfbox.pdmodel.common.filespecification.PDComplexFileSpecification;
import org.apache.pdfbox.pdmodel.common.filespecification.PDEmbeddedFile;

/** Makes a PDF/A-3 a hybrid invoice: embeds the XML and declares it in the metadata (Factur-X 1.0, ZUGFeRD 2). */
final class FacturX {

    static final String FILE = "factur-x.xml";

    private static final String EXTENSION_SCHEMA = """
        <rdf:li rdf:parseType="Resource">
        <pdfaSchema:schema>Factur-X PDFA Extension Schema</pdfaSchema:schema>
        <pdfaSchema:namespaceURI>urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#</pdfaSchema:namespaceURI>
        <pdfaSchema:prefix>fx</pdfaSchema:prefix>
        <pdfaSchema:property><rdf:Seq>
        %s%s%s%s</rdf:Seq></pdfaSchema:property>
        </rdf:li>
        """.formatted(
                    property("DocumentFileName", "name of the embedded XML invoice file"),
                    property("DocumentType", "INVOICE"),
                    property("Version", "version of the XML schema"),
                    property("ConformanceLevel", "conformance level of the XML invoice data"));

    private static final String PROPERTIES = """
        <rdf:Description rdf:about="" xmlns:fx="urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#">
        <fx:DocumentType>INVOICE</fx:DocumentType>
        <fx:DocumentFileName>%s</fx:DocumentFileName>
        <fx:Version>1.0</fx:Version>
        <fx:ConformanceLevel>EN 16931</fx:ConformanceLevel>
        </rdf:Description>
        """.formatted(FILE);

    private FacturX() {}

    static void embed(PDDocument pdf, byte[] xml, Instant made) throws IOException {
        var file = new PDEmbeddedFile(pdf, new ByteArrayInputStream(xml), COSName.FLATE_DECODE);
        file.setSubtype("text/xml");
        file.setSize(xml.length);
        file.setModDate(GregorianCalendar.from(made.atZone(ZoneOffset.UTC)));
        var specification = new PDComplexFileSpecification();
        specification.setFile(FILE);
        specification.setFileUnicode(FILE);
        specification.setFileDescription("Invoice data (EN 16931)");
        specification.setEmbeddedFile(file);
        specification.setEmbeddedFileUnicode(file);
        specification.getCOSObject().setName("AFRelationship", "Alternative");

        var tree = new PDEmbeddedFilesNameTreeNode();
        tree.setNames(Map.of(FILE, specification));
        var catalog = pdf.getDocumentCatalog();
        var names = new PDDocumentNameDictionary(catalog);
        names.setEmbeddedFiles(tree);
        catalog.setNames(names);
        var associated = new COSArray();
        associated.add(specification);
        catalog.getCOSObject().setItem(COSName.getPDFName("AF"), associated);
        declare(pdf);
    }

    /** A property may stand only once in the metadata, so the schema joins those that are already described there. */
    private static void declare(PDDocument pdf) throws IOException {
        var metadata = pdf.getDocumentCatalog().getMetadata();
        var out = new ByteArrayOutputStream();
        try (var in = metadata.createInputStream()) {
            in.transferTo(out);
        }
        var described = out.toString(StandardCharsets.UTF_8);
        int schemas = described.indexOf("</pdfaExtension:schemas>");
        int bag = described.lastIndexOf("</rdf:Bag>", schemas);
        int end = described.lastIndexOf("</rdf:RDF>");
        if (bag < 0 || end < 0) {
            throw new IllegalStateException("The PDF's metadata describe no extension schemas");
        }
        var declared = described.substring(0, bag)
                + EXTENSION_SCHEMA
                + described.substring(bag, end)
                + PROPERTIES
                + described.substring(end);
        metadata.importXMPMetadata(declared.getBytes(StandardCharsets.UTF_8));
    }

    private static String property(String name, String description) {
        return """
            <rdf:li rdf:parseType="Resource"><pdfaProperty:name>%s</pdfaProperty:name>\
            <pdfaProperty:valueType>Text</pdfaProperty:valueType><pdfaProperty:category>external</pdfaProperty:category>\
            <pdfaProperty:description>%s</pdfaProperty:description></rdf:li>
            """.formatted(name, description);
    }
}
