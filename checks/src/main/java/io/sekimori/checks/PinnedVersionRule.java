package io.sekimori.checks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.w3c.dom.Element;

/**
 * Versions have one place each: those of plug-ins the root pom, those of third-party artifacts target-platform. None is
 * a range or a snapshot, and no plug-in of Maven's default life cycle is left to Maven's choice.
 */
public final class PinnedVersionRule implements Rule {

    private static final Pattern EXACT = Pattern.compile("[0-9][0-9A-Za-z.-]*|\\$\\{[a-z]+\\.version}");

    private static final Set<String> LIFE_CYCLE = Set.of(
            "maven-clean-plugin",
            "maven-resources-plugin",
            "maven-compiler-plugin",
            "maven-surefire-plugin",
            "maven-jar-plugin",
            "maven-install-plugin",
            "maven-deploy-plugin",
            "maven-site-plugin");

    @Override
    public List<String> violations(Product product) {
        List<String> found = new ArrayList<>();
        try {
            Set<String> pinned = checkRoot(product.root(), found);
            for (Module module : product.modules()) {
                Element pom = Xml.read(module.path().resolve("pom.xml"));
                if (!module.folder().equals("target-platform")) {
                    checkModule(module.folder(), pom, pinned, found);
                }
            }
            for (Element dependency : managed(Xml.read(product.root().resolve("target-platform/pom.xml")))) {
                checkExact("target-platform", dependency, found);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    private static Set<String> checkRoot(Path root, List<String> found) throws IOException {
        Element pom = Xml.read(root.resolve("pom.xml"));
        Set<String> pinned = new HashSet<>();
        for (Element plugin : items(pom, "build", "pluginManagement", "plugins")) {
            checkExact("pom.xml", plugin, found);
            pinned.add(name(plugin));
        }
        for (String plugin : LIFE_CYCLE) {
            if (!pinned.contains(plugin)) {
                found.add("pom.xml: " + plugin + " has no version");
            }
        }
        for (Element dependency : managed(pom)) {
            if (!Xml.text(dependency, "groupId").orElse("").equals("io.sekimori")) {
                found.add("pom.xml: the version of " + name(dependency) + " belongs in target-platform");
            }
        }
        checkModule("pom.xml", pom, pinned, found);
        return pinned;
    }

    private static void checkModule(String place, Element pom, Set<String> pinned, List<String> found) {
        for (Element plugin : items(pom, "build", "plugins")) {
            if (!pinned.contains(name(plugin)) || Xml.child(plugin, "version").isPresent()) {
                found.add(place + ": the version of " + name(plugin) + " belongs in the root pom");
            }
        }
        for (Element dependency : items(pom, "dependencies")) {
            Optional<String> version = Xml.text(dependency, "version");
            // Only what a module waits for has that version: its own parts are managed in target-platform.
            if (version.isPresent() && !version.get().equals("${project.version}")) {
                found.add(place + ": the version of " + name(dependency) + " belongs in target-platform");
            }
        }
    }

    private static void checkExact(String place, Element element, List<String> found) {
        String version = Xml.text(element, "version").orElse("");
        if (!EXACT.matcher(version).matches() || version.endsWith("-SNAPSHOT")) {
            found.add(place + ": " + name(element) + " has no exact version: " + version);
        }
    }

    private static List<Element> managed(Element pom) {
        return items(pom, "dependencyManagement", "dependencies");
    }

    /** The element children of the element reached over {@code path}: plug-ins or dependencies. */
    private static List<Element> items(Element pom, String... path) {
        List<Element> at = List.of(pom);
        for (String name : path) {
            at = at.stream()
                    .flatMap(element -> Xml.children(element, name).stream())
                    .toList();
        }
        String item = path[path.length - 1].equals("plugins") ? "plugin" : "dependency";
        return at.stream()
                .flatMap(element -> Xml.children(element, item).stream())
                .toList();
    }

    private static String name(Element element) {
        return Xml.text(element, "artifactId").orElse("?");
    }
}
