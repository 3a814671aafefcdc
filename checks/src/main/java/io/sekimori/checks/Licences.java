package io.sekimori.checks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.w3c.dom.Element;

/** The licence that the author's pom states, as SPDX where its wording is known. */
final class Licences {

    private static final List<Map.Entry<String, String>> WORDINGS = List.of(
            Map.entry("apache", "Apache-2.0"),
            Map.entry("classpath", "GPL-2.0-only WITH Classpath-exception-2.0"),
            Map.entry("epl-2.0", "EPL-2.0"),
            Map.entry("epl-v20", "EPL-2.0"),
            Map.entry("eclipse public license v2.0", "EPL-2.0"),
            Map.entry("eclipse public license v. 2.0", "EPL-2.0"),
            Map.entry("eclipse public license 2.0", "EPL-2.0"),
            Map.entry("epl-1.0", "EPL-1.0"),
            Map.entry("epl 1.0", "EPL-1.0"),
            Map.entry("mpl 2.0", "MPL-2.0"),
            Map.entry("epl-v10", "EPL-1.0"),
            Map.entry("eclipse public license 1.0", "EPL-1.0"),
            Map.entry("lgpl-2.1", "LGPL-2.1-only"),
            Map.entry("lesser general public license", "LGPL-2.1-only"),
            Map.entry("bsd-3", "BSD-3-Clause"),
            Map.entry("new bsd", "BSD-3-Clause"),
            Map.entry("bsd-2", "BSD-2-Clause"),
            Map.entry("bsd style", "BSD-3-Clause"),
            Map.entry("bsd", "BSD-3-Clause"),
            Map.entry("public domain", "LicenseRef-PublicDomain"),
            Map.entry("mit", "MIT"));

    private Licences() {}

    /** An SPDX expression, {@code OR} between several, or {@code ?}. */
    static String of(Path jar) throws IOException {
        Path version = jar.toAbsolutePath().getParent();
        String pom = version.getParent().getFileName() + "-" + version.getFileName() + ".pom";
        Optional<Path> file = Optional.of(version.resolve(pom));
        while (file.isPresent() && Files.exists(file.get())) {
            Element project = Xml.read(file.get());
            Optional<Element> licences = Xml.child(project, "licenses");
            if (licences.isPresent()) {
                return expression(licences.get());
            }
            file = parent(project, repository(file.get(), project));
        }
        return Artifact.UNKNOWN_LICENCE;
    }

    private static String expression(Element licences) {
        TreeSet<String> found = new TreeSet<>();
        for (Element licence : Xml.children(licences, "license")) {
            String words = (Xml.text(licence, "name").orElse("") + " "
                            + Xml.text(licence, "url").orElse(""))
                    .toLowerCase(Locale.ROOT);
            found.add(WORDINGS.stream()
                    .filter(wording -> words.contains(wording.getKey()))
                    .map(Map.Entry::getValue)
                    .findFirst()
                    .orElse(Artifact.UNKNOWN_LICENCE));
        }
        return found.isEmpty() || found.contains(Artifact.UNKNOWN_LICENCE)
                ? Artifact.UNKNOWN_LICENCE
                : String.join(" OR ", found);
    }

    /** The root of the local repository: above group, artifact and version. */
    private static Path repository(Path pom, Element project) {
        String group = Xml.text(project, "groupId")
                .or(() -> Xml.text(project, "parent", "groupId"))
                .orElseThrow();
        Path at = pom.getParent().getParent().getParent();
        for (int part = 0; part < group.split("\\.").length; part++) {
            at = at.getParent();
        }
        return at;
    }

    private static Optional<Path> parent(Element project, Path repository) {
        return Xml.child(project, "parent").map(parent -> {
            String artifact = Xml.text(parent, "artifactId").orElseThrow();
            String version = Xml.text(parent, "version").orElseThrow();
            return repository
                    .resolve(Xml.text(parent, "groupId").orElseThrow().replace('.', '/'))
                    .resolve(artifact)
                    .resolve(version)
                    .resolve(artifact + "-" + version + ".pom");
        });
    }
}
