package io.trialstream.contracts.study;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Training of the seed's convolutional network on a labelled image set.
 *
 * @param dataset the data set's name; {@code folder:NAME} is the image folder that trainers are configured with as NAME
 * @param epochs epochs of a complete training
 * @param protocol on what a trial is selected
 * @param trainImages how many training images are used, stratified by fine label; 0 for all that the protocol gives
 * @param validationImages how many images select the best epoch, stratified; 0 for all that the protocol gives
 * @param widthFactor scales the convolutions' filters and the dense layers' units
 * @param imageSize side in pixels that images are scaled to; 0 for the data set's own
 */
public record CnnTraining(
        String dataset,
        int epochs,
        Protocol protocol,
        int trainImages,
        int validationImages,
        double widthFactor,
        int imageSize)
        implements TrainingSettings {

    /** The workload's name. */
    public static final String WORKLOAD = "cifar-cnn";

    /** The data sets that all trainers know. */
    public static final List<String> DATASETS = List.of("cifar100", "cifar10", "shapes");

    /** The metrics of each epoch: on the selection split, and with prefix {@code train_} on the training batches. */
    public static final List<String> METRICS = Stream.of("", "train_")
            .flatMap(prefix -> Stream.of(
                            "fine_accuracy",
                            "coarse_accuracy",
                            "fine_top5_accuracy",
                            "coarse_top5_accuracy",
                            "loss",
                            "fine_loss",
                            "coarse_loss")
                    .map(prefix::concat))
            .toList();

    /** The keys that every configuration needs. */
    public static final List<String> REQUIRED_KEYS = List.of(
            "lr_rate_mult",
            "l2_weight_reg_mult",
            "batch_size",
            "optimizer",
            "coarse_labels_weight",
            "conv_dropout_drop_proba",
            "fc_dropout_drop_proba",
            "use_BN",
            "first_conv",
            "residual",
            "conv_hiddn_units_mult",
            "nb_conv_pool_layers",
            "conv_pool_res_start_idx",
            "pooling_type",
            "conv_kernel_size",
            "res_conv_kernel_size",
            "fc_units_1_mult",
            "one_more_fc",
            "activation");

    private static final String FOLDER = "folder:[A-Za-z0-9_-]{1,48}";
    private static final int MAX_IMAGE_SIZE = 512;

    /** With images of the data set's own size. */
    public CnnTraining(
            String dataset, int epochs, Protocol protocol, int trainImages, int validationImages, double widthFactor) {
        this(dataset, epochs, protocol, trainImages, validationImages, widthFactor, 0);
    }

    static CnnTraining read(TreeReader tree) {
        String dataset = tree.requiredChoice("dataset", DATASETS, FOLDER, "folder:NAME");
        int epochs = tree.optionalInt("epochs", 100, 1, MAX_EPOCHS);
        String protocol = tree.optionalChoice("protocol", "honest", List.of("honest", "seed"));
        double widthFactor = tree.optionalDouble("widthFactor", 1.0, 0.01, 16.0);
        int train = 0;
        int validation = 0;
        TreeReader subset = tree.optionalObject("subset");
        if (subset != null) {
            train = subset.optionalInt("train", 0, 0, 10_000_000);
            validation = subset.optionalInt("validation", 0, 0, 10_000_000);
            subset.refuseUnknown();
        }
        int imageSize = tree.optionalInt("imageSize", 0, 4, MAX_IMAGE_SIZE);
        tree.refuseUnknown();
        return new CnnTraining(
                dataset,
                epochs,
                Protocol.valueOf(protocol.toUpperCase(Locale.ROOT)),
                train,
                validation,
                widthFactor,
                imageSize);
    }

    @Override
    public String workload() {
        return WORKLOAD;
    }

    @Override
    public Optional<String> datasetName() {
        return Optional.of(dataset);
    }

    @Override
    public List<String> metrics() {
        return METRICS;
    }

    @Override
    public List<String> requiredKeys() {
        return REQUIRED_KEYS;
    }

    @Override
    public CnnTraining withEpochs(int newEpochs) {
        return new CnnTraining(
                dataset,
                TrainingSettings.requireEpochs(newEpochs),
                protocol,
                trainImages,
                validationImages,
                widthFactor,
                imageSize);
    }

    @Override
    @JsonValue
    public Map<String, Object> toTree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("workload", WORKLOAD);
        tree.put("dataset", dataset);
        tree.put("epochs", epochs);
        tree.put("protocol", protocol.name().toLowerCase(Locale.ROOT));
        Map<String, Object> subset = new LinkedHashMap<>();
        subset.put("train", trainImages);
        subset.put("validation", validationImages);
        tree.put("subset", subset);
        tree.put("widthFactor", widthFactor);
        if (imageSize != 0) {
            tree.put("imageSize", imageSize);
        }
        return tree;
    }
}
