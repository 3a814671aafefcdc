package io.sekimori.kura;

import java.util.List;

/** The lists of DEPLOY-V2, element by element as Kura writes them. Stateless. */
final class DeployXml {

    private static final String HEAD = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";

    private DeployXml() {}

    static String bundles(List<BundleFacts> bundles) {
        StringBuilder xml = new StringBuilder(HEAD).append("<bundles>");
        for (BundleFacts bundle : bundles) {
            xml.append("<bundle>");
            element(xml, "name", bundle.name());
            element(xml, "version", bundle.version());
            element(xml, "id", Long.toString(bundle.id()));
            element(xml, "state", bundle.state());
            xml.append("</bundle>");
        }
        return xml.append("</bundles>").toString();
    }

    /** One package with its bundles. */
    static String packages(String name, String version, List<BundleFacts> bundles) {
        StringBuilder xml = new StringBuilder(HEAD).append("<packages><package>");
        element(xml, "name", name);
        element(xml, "version", version);
        xml.append("<bundles>");
        for (BundleFacts bundle : bundles) {
            xml.append("<bundle>");
            element(xml, "name", bundle.name());
            element(xml, "version", bundle.version());
            xml.append("</bundle>");
        }
        return xml.append("</bundles></package></packages>").toString();
    }

    private static void element(StringBuilder xml, String name, String text) {
        xml.append('<').append(name).append('>');
        text.codePoints().forEach(point -> character(xml, point));
        xml.append("</").append(name).append('>');
    }

    private static void character(StringBuilder xml, int point) {
        switch (point) {
            case '<' -> xml.append("&lt;");
            case '>' -> xml.append("&gt;");
            case '&' -> xml.append("&amp;");
            default -> xml.appendCodePoint(isXml(point) ? point : 0xFFFD);
        }
    }

    /** XML 1.0, section 2.2: what a document may contain at all. */
    private static boolean isXml(int point) {
        return point == 0x9
                || point == 0xA
                || point == 0xD
                || point >= 0x20 && point <= 0xD7FF
                || point >= 0xE000 && point <= 0xFFFD
                || point >= 0x10000;
    }
}
