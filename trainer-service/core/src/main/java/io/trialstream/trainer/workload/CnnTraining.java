package io.trialstream.trainer.workload;

/** Stand-in for {@code io.trialstream.contracts.study.CnnTraining} until that is on the main branch. */
public record CnnTraining(String dataset, int epochs, Protocol protocol, int trainImages, int validationImages,
        double widthFactor) implements TrainingSettings {

    /** Where the selection metric comes from. */
    public enum Protocol { HONEST, SEED }

    @Override
    public String workload() {
        return "cifar-cnn";
    }
}
