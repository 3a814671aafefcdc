package io.sekimori.itests.browser;

import io.sekimori.demo.BrowserFleet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** The console and the browser of all tests: made for the first one, ended after the last. Confined to one thread. */
final class Site implements AutoCloseable {

    static final int STRANGERS = 10_000;

    final BrowserFleet fleet;
    final Axe axe = new Axe();
    private final Map<String, Map<String, Object>> sessions = new HashMap<>();
    private final Path profile;
    private final Chromium chromium;

    Site() throws IOException, SQLException {
        fleet = new BrowserFleet(Path.of(System.getProperty("sekimori.home")), STRANGERS);
        profile = Files.createTempDirectory("sekimori-browser");
        chromium = new Chromium(profile);
    }

    /** A tab in which nobody is signed in. */
    Tab stranger() {
        return chromium.tab(fleet.address());
    }

    /** A tab of a phone beside a gateway, in which nobody is signed in there. */
    Tab beside(String serial) throws IOException {
        return phone(fleet.localAddress(serial));
    }

    /** A tab of a phone at that address, in which nobody is signed in. */
    Tab phone(String address) {
        Tab tab = chromium.tab(address);
        tab.size(390, 844);
        return tab;
    }

    /** A tab in which this person is signed in, and which looks at the fleet. */
    Tab signedIn(String name) {
        Tab tab = stranger();
        if (sessions.containsKey(name)) {
            tab.session(sessions.get(name));
            tab.open("/fleet");
        } else {
            signIn(tab, name);
        }
        tab.awaitAt(".census");
        sessions.computeIfAbsent(name, first -> tab.session());
        return tab;
    }

    /** Types a name and the password of everybody here. */
    static void signIn(Tab tab, String name) {
        tab.open("/signin");
        tab.type("#who", name);
        tab.type("#pw", BrowserFleet.PASSWORD);
        tab.click("form .btn.go");
    }

    /** Keeps what a tab shows as a file of the build. */
    static void picture(Tab tab, String name) throws IOException {
        Path folder = Path.of(System.getProperty("screens"));
        Files.createDirectories(folder);
        Files.write(folder.resolve(name + ".png"), Base64.getDecoder().decode(tab.picture()));
    }

    @Override
    public void close() throws IOException {
        chromium.close();
        fleet.close();
        try (Stream<Path> files = Files.walk(profile)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Gives the site to tests that ask for it. */
    static final class Given implements ParameterResolver {

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == Site.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot()
                    .getStore(ExtensionContext.Namespace.GLOBAL)
                    .getOrComputeIfAbsent(Site.class, type -> made(), Site.class);
        }

        private static Site made() {
            try {
                return new Site();
            } catch (IOException | SQLException e) {
                throw new AssertionError("the site does not stand", e);
            }
        }
    }
}
