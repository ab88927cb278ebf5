package org.nd4j.nativeblas;

import org.nd4j.linalg.factory.Nd4j;

/**
 * A signpost for DL4J 1.0.0-M2.1: its oneDNN layers look for this class by the name it had before it moved to
 * {@code org.nd4j.linalg.cpu.nativecpu.bindings}, and without it they fall back, silently, to code that is six times
 * slower. It must keep this name and package. {@code EngineCheck} verifies that it works.
 */
public final class Nd4jCpu {

    private Nd4jCpu() {}

    /** What DL4J asks the native library about. */
    public static final class Environment {

        private static final Environment INSTANCE = new Environment();

        private Environment() {}

        /** Called by DL4J through reflection. */
        public static Environment getInstance() {
            return INSTANCE;
        }

        /** Called by DL4J through reflection: whether the native library may use oneDNN. */
        public boolean isUseMKLDNN() {
            return Nd4j.getEnvironment().helpersAllowed();
        }
    }
}
