package io.sekimori.checks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.w3c.dom.Element;

/** Reads what the rules need from Maven's project files. */
final class Poms {

    private Poms() {}

    /** The folders of the modules that the pom in {@code root} lists, and of those that they list, in that order. */
    static List<String> modules(Path root) throws IOException {
        List<String> folders = new ArrayList<>();
        collect(root, "", folders);
        if (folders.isEmpty()) {
            throw new IOException("no modules in " + root);
        }
        return folders;
    }

    private static void collect(Path root, String prefix, List<String> folders) throws IOException {
        Path pom = root.resolve(prefix).resolve("pom.xml");
        Optional<Element> modules = Files.exists(pom) ? Xml.child(Xml.read(pom), "modules") : Optional.empty();
        if (modules.isPresent()) {
            for (Element module : Xml.children(modules.get(), "module")) {
                String folder = prefix + module.getTextContent().trim();
                folders.add(folder);
                collect(root, folder + "/", folders);
            }
        }
    }
}
