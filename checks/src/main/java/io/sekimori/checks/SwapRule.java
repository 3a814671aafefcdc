package io.sekimori.checks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.w3c.dom.Element;

/**
 * What a swap needs of a component, read from its generated description: references to another bundle's services are
 * dynamic and greedy, or its outage becomes the consumer's; what can be configured has a modified method, or every
 * change unregisters the service.
 */
public final class SwapRule implements Rule {

    /** Lives as long as the process, so a static reference is right. */
    private static final List<String> INFRASTRUCTURE =
            List.of("org.osgi.", "io.sekimori.launcher.", "org.apache.felix.");

    @Override
    public List<String> violations(Product product) {
        List<String> found = new ArrayList<>();
        for (Module module : product.bundles()) {
            Path descriptions = module.classes().resolve("OSGI-INF");
            try {
                Set<String> configured = designatedPids(descriptions);
                for (Path file : Module.files(descriptions, ".xml")) {
                    Element root = Xml.read(file);
                    if (root.getLocalName().equals("component")) {
                        check(module, root, configured, found);
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return found;
    }

    private static void check(Module module, Element component, Set<String> configured, List<String> found) {
        String name = module.folder() + ": component " + component.getAttribute("name");
        for (Element reference : Xml.children(component, "reference")) {
            String service = reference.getAttribute("interface");
            if (!isInfrastructure(service) && !isOwn(module, service) && !isSwappable(reference)) {
                found.add(name + ": the reference to " + service + " must be dynamic and greedy");
            }
        }
        if (isConfigurable(component, configured)
                && component.getAttribute("modified").isEmpty()) {
            found.add(name + ": configurable and without a modified method");
        }
    }

    private static boolean isInfrastructure(String service) {
        return INFRASTRUCTURE.stream().anyMatch(service::startsWith);
    }

    private static boolean isOwn(Module module, String service) {
        return Files.exists(module.classes().resolve(service.replace('.', '/') + ".class"));
    }

    private static boolean isSwappable(Element reference) {
        return reference.getAttribute("policy").equals("dynamic")
                && reference.getAttribute("policy-option").equals("greedy");
    }

    private static boolean isConfigurable(Element component, Set<String> configured) {
        String policy = component.getAttribute("configuration-policy");
        if (policy.equals("ignore")) {
            return false;
        }
        String pids = component.getAttribute("configuration-pid");
        return policy.equals("require") || !pids.isEmpty() || configured.contains(component.getAttribute("name"));
    }

    private static Set<String> designatedPids(Path descriptions) throws IOException {
        Set<String> pids = new HashSet<>();
        for (Path file : Module.files(descriptions.resolve("metatype"), ".xml")) {
            for (Element designate : Xml.children(Xml.read(file), "Designate")) {
                pids.add(designate.getAttribute("pid"));
                pids.add(designate.getAttribute("factoryPid"));
            }
        }
        return pids;
    }
}
