package io.sekimori.cli;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipException;

/**
 * What a jar says of itself.
 *
 * @param symbolicName without directives
 * @param version as OSGi writes it
 */
record JarFacts(String symbolicName, String version) {

    static JarFacts of(Path jar) throws IOException, Failure {
        try (JarFile file = new JarFile(jar.toFile(), false)) {
            Manifest manifest = file.getManifest();
            String name = manifest == null ? null : header(manifest, "Bundle-SymbolicName");
            String version = manifest == null ? null : header(manifest, "Bundle-Version");
            if (name == null || version == null) {
                throw new Failure(ExitCode.REFUSED, "NOT_A_BUNDLE", jar);
            }
            return new JarFacts(name.split(";", 2)[0].trim(), OsgiVersion.of(version));
        } catch (ZipException | EOFException e) { // so says the platform of one that is damaged
            throw new Failure(ExitCode.REFUSED, "NOT_A_BUNDLE", jar).because(e);
        }
    }

    private static String header(Manifest manifest, String name) {
        return manifest.getMainAttributes().getValue(new Attributes.Name(name));
    }
}
