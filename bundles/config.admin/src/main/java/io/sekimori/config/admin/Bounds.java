package io.sekimori.config.admin;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.osgi.framework.Bundle;

/**
 * The least and the most of a bundle's attributes. The Metatype service checks values against them and tells nobody what
 * they are, so they are read where that service reads them (Metatype 105.8). Immutable.
 */
final class Bounds {

    /** Of a bundle that names none. */
    static final Bounds NONE = new Bounds(Map.of());

    private static final String FOLDER = "OSGI-INF/metatype";

    private final Map<Key, Bound> known;

    private record Key(String definition, String attribute) {}

    /** Both as they are written; empty for none. */
    record Bound(String min, String max) {}

    private Bounds(Map<Key, Bound> known) {
        this.known = Map.copyOf(known);
    }

    /** Those of a bundle. */
    static Bounds of(Bundle bundle) {
        List<URL> files = new ArrayList<>();
        Enumeration<String> paths = bundle.getEntryPaths(FOLDER);
        while (paths != null && paths.hasMoreElements()) {
            String path = paths.nextElement();
            URL file = path.endsWith(".xml") ? bundle.getEntry(path) : null;
            if (file != null) {
                files.add(file);
            }
        }
        return in(files);
    }

    /** Those in {@code files}; none in a file that is no description, of which the Metatype service makes nothing either. */
    static Bounds in(List<URL> files) {
        Map<Key, Bound> found = new HashMap<>();
        files.forEach(file -> found.putAll(read(file)));
        return new Bounds(found);
    }

    /** @param definition the id of the object class definition */
    Bound of(String definition, String attribute) {
        return known.getOrDefault(new Key(definition, attribute), new Bound("", ""));
    }

    private static Map<Key, Bound> read(URL entry) {
        try (InputStream in = entry.openStream()) {
            return read(in);
        } catch (IOException | XMLStreamException e) {
            return Map.of();
        }
    }

    private static Map<Key, Bound> read(InputStream in) throws XMLStreamException {
        Map<Key, Bound> found = new HashMap<>();
        XMLStreamReader xml = factory().createXMLStreamReader(in);
        String definition = "";
        while (xml.hasNext()) {
            if (xml.next() != XMLStreamConstants.START_ELEMENT) {
                continue;
            }
            if (xml.getLocalName().equals("OCD")) {
                definition = text(xml, "id");
            } else if (xml.getLocalName().equals("AD")) {
                found.put(new Key(definition, text(xml, "id")), new Bound(text(xml, "min"), text(xml, "max")));
            }
        }
        return found;
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        // A description has neither, and neither is fetched for one.
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        return factory;
    }

    private static String text(XMLStreamReader xml, String name) {
        String value = xml.getAttributeValue(null, name);
        return value == null ? "" : value;
    }
}
