"""The camera process: OpenCV capture into shared memory. cv2 lives only here, never beside av."""
