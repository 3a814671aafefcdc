package io.sekimori.checks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.w3c.dom.Element;

/** Reads what the rules need from Maven's project files. */
final class Poms {

    private Poms() {}

    /** The folders of the modules that the pom in {@code root} lists, in its order. */
    static List<String> modules(Path root) throws IOException {
        Element modules = Xml.child(Xml.read(root.resolve("pom.xml")), "modules")
                .orElseThrow(() -> new IOException("no modules in " + root));
        List<String> folders = new ArrayList<>();
        for (Element module : Xml.children(modules, "module")) {
            folders.add(module.getTextContent().trim());
        }
        return folders;
    }
}
