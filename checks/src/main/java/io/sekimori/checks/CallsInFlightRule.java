package io.sekimori.checks;

import com.tngtech.archunit.core.domain.JavaClass;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.w3c.dom.Element;

/**
 * A component that is swapped by overlapping answers calls in flight. Declarative Services clears the field of a dynamic
 * reference when it deactivates the component, so the component keeps what it had: in a field of that name with {@code AtEnd}
 * behind, or in one for all of them, {@code atEnd}.
 */
public final class CallsInFlightRule implements Rule {

    private static final Pattern OVERLAPPED =
            Pattern.compile("\"io\\.sekimori:io\\.sekimori\\.([a-z.]+):[^\"]+\"[^}]*\"sekimori\\.swap\": *\"overlap\"");

    @Override
    public List<String> violations(Product product) {
        List<String> found = new ArrayList<>();
        try {
            Set<String> overlapped = overlapped(product.root().resolve("features"));
            for (Module module : product.bundles()) {
                if (overlapped.contains(module.name())) {
                    check(product, module, found);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    private static void check(Product product, Module module, List<String> found) throws IOException {
        for (Path file : Module.files(module.classes().resolve("OSGI-INF"), ".xml")) {
            Element component = Xml.read(file);
            if (!component.getLocalName().equals("component")) {
                continue;
            }
            for (Element reference : Xml.children(component, "reference")) {
                String field = reference.getAttribute("field");
                boolean cleared = reference.getAttribute("policy").equals("dynamic");
                if (cleared && !field.isEmpty() && !keeps(product, component, field)) {
                    found.add(module.folder() + ": component " + component.getAttribute("name") + " forgets " + field
                            + " when it is deactivated, and refuses calls in flight");
                }
            }
        }
    }

    private static boolean keeps(Product product, Element component, String field) {
        String name = Xml.children(component, "implementation").get(0).getAttribute("class");
        JavaClass type = product.classes().get(name);
        return !component.getAttribute("deactivate").isEmpty()
                && type.getFields().stream()
                        .anyMatch(each -> each.getName().equals(field + "AtEnd")
                                || each.getName().equals("atEnd"));
    }

    private static Set<String> overlapped(Path features) throws IOException {
        Set<String> names = new HashSet<>();
        for (Path file : Module.files(features, ".json")) {
            for (String line : Files.readAllLines(file)) {
                Matcher bundle = OVERLAPPED.matcher(line);
                if (bundle.find()) {
                    names.add(bundle.group(1));
                }
            }
        }
        return names;
    }
}
