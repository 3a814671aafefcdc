package io.sekimori.launcher.main;

import io.sekimori.generation.Unit;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.felix.framework.Felix;
import org.apache.felix.framework.util.FelixConstants;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.Constants;

/**
 * How Felix is set up, for the running framework and for rehearsals alike: what differs in either would differ in the
 * wiring, too.
 */
final class FrameworkSettings {

    /** The api package and the version with which the system bundle exports it. */
    static final String API = "io.sekimori.launcher;version=\"1.0.0\"";

    private FrameworkSettings() {}

    /**
     * A framework that is made, not initialised.
     *
     * @param systemActivators started with the system bundle, before any other bundle can resolve
     */
    static Felix framework(
            Unit unit, Path cache, int startLevel, List<BundleActivator> systemActivators, FrameworkLog log) {
        forbidExtensions();
        Map<String, Object> settings = new HashMap<>();
        // A folder in the one we made: Felix removes its storage and makes it anew, open to everybody, and between the
        // two somebody else could make it.
        settings.put(Constants.FRAMEWORK_STORAGE, cache.resolve("storage").toString());
        settings.put(Constants.FRAMEWORK_STORAGE_CLEAN, Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT);
        settings.put(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, API);
        settings.put(Constants.FRAMEWORK_BEGINNING_STARTLEVEL, Integer.toString(startLevel));
        // The handlers of URLs are global to the JVM, and a second framework would compete for them.
        settings.put(FelixConstants.SERVICE_URLHANDLERS_PROP, "false");
        settings.put(FelixConstants.SYSTEMBUNDLE_ACTIVATORS_PROP, systemActivators);
        settings.put(FelixConstants.LOG_LOGGER_PROP, log);
        settings.put("felix.cm.dir", unit.configurationData().toString());
        return new Felix(settings);
    }

    /**
     * An extension bundle becomes part of the framework when it is installed; no resolver hook is asked. Felix reads
     * this property when its class is initialised, and there is no other way to tell it.
     */
    private static void forbidExtensions() {
        System.setProperty(FelixConstants.FELIX_EXTENSIONS_DISABLE, "true");
    }
}
