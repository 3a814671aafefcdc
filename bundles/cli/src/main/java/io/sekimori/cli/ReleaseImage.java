package io.sekimori.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Reader;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code sekimori release image}: makes a jar of a Java runtime, for {@code release add --kind java}. The same files give the
 * same bytes. Links become the files they lead to.
 */
@Command(name = "image")
final class ReleaseImage implements Callable<Integer> {

    // The gateway finds here which files are programs (io.sekimori.launcher.main.JavaImage).
    private static final String PROGRAMS = "Sekimori-Programs";
    // A local date is written the same in every zone, an instant is not.
    private static final LocalDateTime MADE = LocalDateTime.of(2017, 7, 14, 2, 40);

    private final Shell shell;

    @Parameters(paramLabel = "DIR", descriptionKey = "image.directory")
    private Path directory;

    @Option(names = "--name", paramLabel = "NAME", required = true, descriptionKey = "image.name")
    private String name;

    @Option(names = "--version", paramLabel = "VERSION", descriptionKey = "image.version")
    private String version;

    @Option(names = "--out", paramLabel = "FILE", required = true, descriptionKey = "image.out")
    private Path out;

    ReleaseImage(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws IOException, Failure {
        Path home = shell.resolve(directory);
        if (!Files.isExecutable(home.resolve("bin").resolve("java"))) {
            throw new Failure(ExitCode.REFUSED, "NO_JAVA", home);
        }
        Path file = shell.resolve(out);
        try (OutputStream stream = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(stream)) {
            write(home, jar);
        }
        shell.tell("image.done", file, Files.size(file));
        return ExitCode.OK.number();
    }

    private void write(Path home, JarOutputStream jar) throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.walk(home, FileVisitOption.FOLLOW_LINKS)) {
            files = found.filter(Files::isRegularFile).sorted().toList();
        }
        put(jar, JarFile.MANIFEST_NAME);
        manifest(home, files).write(jar);
        jar.closeEntry();
        for (Path file : files) {
            put(jar, home.relativize(file).toString());
            Files.copy(file, jar);
            jar.closeEntry();
        }
    }

    private Manifest manifest(Path home, List<Path> files) throws IOException {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.putValue("Bundle-ManifestVersion", "2");
        main.putValue("Bundle-SymbolicName", name);
        main.putValue("Bundle-Version", OsgiVersion.of(version == null ? itsOwn(home) : version));
        main.putValue(
                PROGRAMS,
                files.stream()
                        .filter(Files::isExecutable)
                        .map(file -> home.relativize(file).toString())
                        .collect(Collectors.joining(" ")));
        return manifest;
    }

    /** The file {@code release} of a Java runtime says {@code JAVA_VERSION="17.0.15"}. */
    private static String itsOwn(Path home) throws IOException {
        Properties facts = new Properties();
        try (Reader reader = Files.newBufferedReader(home.resolve("release"))) {
            facts.load(reader);
        }
        return facts.getProperty("JAVA_VERSION", "").replace("\"", "");
    }

    private static void put(JarOutputStream jar, String entry) throws IOException {
        ZipEntry next = new ZipEntry(entry);
        next.setTimeLocal(MADE);
        jar.putNextEntry(next);
    }
}
