/**
 * libtorch, PyTorch's C++ library, as a training engine: blueprints as sequences of tensor operations, gradients by its
 * autograd, Keras's update rules on flat buffers.
 */
package io.trialstream.trainer.libtorch;
