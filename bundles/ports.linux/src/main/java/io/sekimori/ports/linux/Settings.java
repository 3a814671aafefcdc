package io.sekimori.ports.linux;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * What else of this machine may listen: one immutable snapshot of the configuration {@value #PID}.
 *
 * @param foreign {@code tcp/22}, {@code udp/68}
 * @param loopback whether what can be reached from this machine alone must be declared, too
 */
record Settings(Set<String> foreign, boolean loopback) {

    static final String PID = "io.sekimori.ports.linux";

    private static final int MOST = 200;
    private static final Pattern PLACE = Pattern.compile("(tcp|udp)/[1-9][0-9]{0,4}");

    Settings {
        foreign = Set.copyOf(foreign);
        if (foreign.size() > MOST
                || !foreign.stream().allMatch(place -> PLACE.matcher(place).matches())) {
            throw new IllegalArgumentException("declared holds at most " + MOST + " of tcp/port and udp/port");
        }
    }

    static Settings of(Config config) {
        Set<String> places = new HashSet<>();
        for (String place : config.declared()) {
            places.add(place.strip().toLowerCase(Locale.ROOT));
        }
        places.remove("");
        return new Settings(places, config.loopback());
    }

    boolean permits(SocketTable.Open socket) {
        String place = socket.transport().name().toLowerCase(Locale.ROOT) + "/" + socket.port();
        return foreign.contains(place) || socket.loopback() && !loopback;
    }

    @ObjectClassDefinition(localization = "OSGI-INF/l10n/ports", name = "%name", description = "%description")
    @interface Config {

        @AttributeDefinition(name = "%declared.name", description = "%declared.description", cardinality = MOST)
        String[] declared() default {};

        @AttributeDefinition(name = "%loopback.name", description = "%loopback.description")
        boolean loopback() default false;
    }
}
