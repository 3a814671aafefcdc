package io.sekimori.cli;

/**
 * A command that another jar on the class path adds to {@code sekimori}, found through {@link
 * java.util.ServiceLoader}. Its class carries picocli's annotations and a public constructor with a {@link Shell}.
 */
public interface AddedCommand {

    /** The word on the command line. */
    String name();

    /** The class of the command, not initialised before it is wanted. */
    Class<?> commandClass();
}
