package io.sekimori.update.engine;

import io.sekimori.update.UpdateCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;

/** The Declarative Services components of a bundle, and whether they do their work. Thread-safe. */
final class Components {

    private static final String REQUIRED = "require";

    private final ServiceComponentRuntime runtime;

    Components(ServiceComponentRuntime runtime) {
        this.runtime = runtime;
    }

    /**
     * What keeps a component from working.
     *
     * @param passing whether it can still come by itself, as a reference can
     */
    record Missing(String what, boolean passing) {}

    /** What keeps a component of the bundle from working; empty if all of them work. */
    Optional<Missing> missing(Bundle bundle) {
        return runtime.getComponentDescriptionDTOs(bundle).stream()
                .filter(description -> description.defaultEnabled && description.factory == null)
                .flatMap(description -> missing(description).stream())
                .findFirst();
    }

    /** The PIDs that configure components of the bundle. */
    List<String> pids(Bundle bundle) {
        return runtime.getComponentDescriptionDTOs(bundle).stream()
                .flatMap(description -> Arrays.stream(description.configurationPid))
                .distinct()
                .toList();
    }

    /**
     * Gets each service of the bundle once, so that delayed components are activated now and not under the first caller.
     *
     * @return the references held; to be given back with {@link #release}
     */
    static List<ServiceReference<?>> activate(Bundle bundle, BundleContext context) throws Stopped {
        List<ServiceReference<?>> held = new ArrayList<>();
        ServiceReference<?>[] services = bundle.getRegisteredServices();
        for (ServiceReference<?> service : services == null ? new ServiceReference<?>[0] : services) {
            if (context.getService(service) == null) {
                release(held, context);
                throw new Stopped(
                        UpdateCode.COMPONENTS_UNSATISFIED,
                        bundle.getSymbolicName() + " registers a service and does not give it: " + name(service));
            }
            held.add(service);
        }
        return held;
    }

    static void release(List<ServiceReference<?>> held, BundleContext context) {
        held.forEach(context::ungetService);
        held.clear();
    }

    private Optional<Missing> missing(ComponentDescriptionDTO description) {
        List<ComponentConfigurationDTO> configurations =
                List.copyOf(runtime.getComponentConfigurationDTOs(description));
        if (configurations.isEmpty()) {
            // A component that demands a configuration nobody has given is dormant, not broken.
            return REQUIRED.equals(description.configurationPolicy)
                    ? Optional.empty()
                    : Optional.of(new Missing(description.name + " is not known to the component runtime", true));
        }
        return configurations.stream()
                .flatMap(configuration -> missing(description, configuration))
                .findFirst();
    }

    private static Stream<Missing> missing(
            ComponentDescriptionDTO description, ComponentConfigurationDTO configuration) {
        return switch (configuration.state) {
            case ComponentConfigurationDTO.SATISFIED, ComponentConfigurationDTO.ACTIVE -> Stream.empty();
            case ComponentConfigurationDTO.UNSATISFIED_CONFIGURATION -> Stream.empty();
            case ComponentConfigurationDTO.UNSATISFIED_REFERENCE ->
                Stream.of(new Missing(description.name + " lacks " + references(configuration), true));
            default -> Stream.of(new Missing(description.name + " failed to activate" + failure(configuration), false));
        };
    }

    private static String references(ComponentConfigurationDTO configuration) {
        return Arrays.stream(configuration.unsatisfiedReferences)
                .map(reference -> reference.name)
                .collect(Collectors.joining(", "));
    }

    // The runtime hands out a stack trace; its first line says what happened.
    private static String failure(ComponentConfigurationDTO configuration) {
        String failure = Objects.requireNonNullElse(configuration.failure, "");
        return failure.isEmpty() ? "" : ": " + failure.lines().findFirst().orElse("");
    }

    private static String name(ServiceReference<?> service) {
        return String.join(", ", (String[]) service.getProperty("objectClass"));
    }
}
