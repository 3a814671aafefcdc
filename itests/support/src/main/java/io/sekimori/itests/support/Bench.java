package io.sekimori.itests.support;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What a scenario inside the framework asks of the launcher that stands around it. A service; thread-safe. */
public interface Bench {

    /** The unit's directory. */
    Path unit();

    /** A folder for files of the scenario. */
    Path folder();

    /** A number that was not answered before in this framework, from 1. */
    int next();

    /** What the unit runs, as the scenario has noted it; generation 1 at first. */
    Parts running();

    /** Notes what the unit runs. */
    void runs(Parts parts);

    /** Packs an assignment of these parts to this unit, with the configurations of generation 1, in a new file. */
    Path pack(Parts parts) throws IOException;

    /** The same with more configurations. */
    Path pack(Parts parts, String pid, Map<String, Object> values) throws IOException;

    /** A path for a new file. */
    Path newFile();

    /** The publisher and director the unit trusts. */
    Workshop workshop();

    /** Digest of the public key of the unit's device key. */
    String device();

    /** Whether a new process was asked for. */
    boolean restartWanted();

    /** The exit codes with which the launcher would have halted the process. */
    List<Integer> halts();
}
