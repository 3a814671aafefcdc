package io.sekimori.demo.guest;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;

/** Tries to bring a bundle into the framework past the update service: nobody has signed it. */
final class Intrusion {

    private Intrusion() {}

    /** Whether the bundle came so far as to resolve. */
    static boolean succeeds(BundleContext context) {
        try {
            Bundle intruder = context.installBundle("sekimori:intruder", new ByteArrayInputStream(jar()));
            try {
                intruder.start();
                return true;
            } catch (BundleException e) {
                return intruder.getState() > Bundle.INSTALLED;
            } finally {
                intruder.uninstall();
            }
        } catch (BundleException e) {
            return false;
        }
    }

    private static byte[] jar() {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Bundle-ManifestVersion", "2");
        manifest.getMainAttributes().putValue("Bundle-SymbolicName", "io.sekimori.demo.intruder");
        manifest.getMainAttributes().putValue("Bundle-Version", "1.0.0");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            new JarOutputStream(bytes, manifest).close();
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory does not fail", e);
        }
        return bytes.toByteArray();
    }
}
